package org.patchlens.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.Seed;

/// Folds for cross-validation in which the rows of a group stay together and each class is spread evenly.
///
/// Greedy: the groups whose classes are most uneven are placed first, each into the fold where the classes' shares
/// over the folds then vary least, the fold with fewest rows among equals. It is the rule of scikit-learn's
/// `StratifiedGroupKFold`; groups that are equally uneven come in an order drawn by lot.
public final class GroupedFolds {
    private final int[] foldOf;
    private final int folds;

    private GroupedFolds(int[] foldOf, int folds) {
        this.foldOf = foldOf;
        this.folds = folds;
    }

    /// Splits rows.
    ///
    /// @param groups of the rows
    /// @param classOf a class per row, from 0
    /// @param folds at least 2, at most the number of groups
    public static GroupedFolds of(Groups groups, int[] classOf, int folds, Seed seed) {
        int[] order = IntStream.range(0, groups.count()).toArray();
        RandomGenerator random = seed.generator();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return of(groups, classOf, folds, order);
    }

    /// @param order in which groups that are equally uneven are placed
    static GroupedFolds of(Groups groups, int[] classOf, int folds, int[] order) {
        if (folds < 2 || folds > groups.count() || classOf.length != groups.size()) {
            throw new IllegalArgumentException(
                    folds + " folds of " + groups.count() + " groups with " + classOf.length + " classes");
        }
        int classes = IntStream.of(classOf).max().orElse(0) + 1;
        double[][] counts = new double[groups.count()][classes];
        double[] totals = new double[classes];
        for (int row = 0; row < classOf.length; row++) {
            counts[groups.of(row)][classOf[row]]++;
            totals[classOf[row]]++;
        }
        double[][] placed = new double[folds][classes];
        int[] foldOfGroup = new int[groups.count()];
        Integer[] sorted = Arrays.stream(order).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, Comparator.comparingDouble((Integer group) -> -deviation(counts[group])));
        for (int group : sorted) {
            int fold = best(placed, counts[group], totals);
            add(placed[fold], counts[group], 1);
            foldOfGroup[group] = fold;
        }
        return new GroupedFolds(
                IntStream.range(0, classOf.length)
                        .map(row -> foldOfGroup[groups.of(row)])
                        .toArray(),
                folds);
    }

    private static int best(double[][] placed, double[] group, double[] totals) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        double fewest = Double.POSITIVE_INFINITY;
        for (int fold = 0; fold < placed.length; fold++) {
            add(placed[fold], group, 1);
            double uneven = unevenness(placed, totals);
            double rows = Arrays.stream(placed[fold]).sum();
            add(placed[fold], group, -1);
            boolean equal = Math.abs(uneven - least) <= 1e-8 + 1e-5 * Math.abs(least);
            if (equal ? rows < fewest : uneven < least) {
                best = fold;
                least = uneven;
                fewest = rows;
            }
        }
        return best;
    }

    /// The mean over the classes of how much their shares vary over the folds.
    private static double unevenness(double[][] placed, double[] totals) {
        double sum = 0;
        int counted = 0;
        double[] shares = new double[placed.length];
        for (int type = 0; type < totals.length; type++) {
            if (totals[type] > 0) {
                for (int fold = 0; fold < placed.length; fold++) {
                    shares[fold] = placed[fold][type] / totals[type];
                }
                sum += deviation(shares);
                counted++;
            }
        }
        return sum / counted;
    }

    private static void add(double[] to, double[] values, int sign) {
        for (int i = 0; i < to.length; i++) {
            to[i] += sign * values[i];
        }
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /// The number of folds.
    public int count() {
        return folds;
    }

    /// The fold in which a row is held out.
    public int of(int row) {
        return foldOf[row];
    }

    /// The rows that a fold holds out, ascending.
    public int[] heldOut(int fold) {
        return IntStream.range(0, foldOf.length)
                .filter(row -> foldOf[row] == fold)
                .toArray();
    }

    /// The rows that are trained on while a fold is held out, ascending.
    public int[] training(int fold) {
        return IntStream.range(0, foldOf.length)
                .filter(row -> foldOf[row] != fold)
                .toArray();
    }
}
