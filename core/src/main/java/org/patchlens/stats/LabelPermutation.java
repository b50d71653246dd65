package org.patchlens.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Exchanges the labels of whole patients, as the null hypothesis allows: the labels of a patient stay together.
///
/// Where every patient has one label, patients exchange labels freely. Where a label differs between the images of
/// a patient, patients with equally many images exchange their labels, each in an order drawn by lot. (An exchange
/// within patients only, as `permutation_test_score(groups=…)` of scikit-learn makes, would leave labels that are
/// constant within patients as they are.)
public final class LabelPermutation {
    private final Groups groups;
    private final boolean constant;
    /// Groups that may exchange their labels.
    private final int[][] exchangeable;

    private LabelPermutation(Groups groups, boolean constant, int[][] exchangeable) {
        this.groups = groups;
        this.constant = constant;
        this.exchangeable = exchangeable;
    }

    /// Finds what may be exchanged.
    ///
    /// @param labelOf the label of each row, as a number
    public static LabelPermutation of(Groups groups, int[] labelOf) {
        boolean constant = IntStream.range(0, groups.size())
                .allMatch(row -> labelOf[row] == labelOf[groups.rows(groups.of(row))[0]]);
        Map<Integer, int[]> bySize = IntStream.range(0, groups.count())
                .boxed()
                .collect(Collectors.groupingBy(
                        group -> constant ? 0 : groups.size(group),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                list -> list.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray())));
        return new LabelPermutation(groups, constant, bySize.values().toArray(int[][]::new));
    }

    /// Whether every patient has one label.
    public boolean isConstantWithinGroups() {
        return constant;
    }

    /// The share of patients that have another one to exchange labels with, 0 to 1.
    public double exchangeableShare() {
        int lonely =
                (int) Arrays.stream(exchangeable).filter(set -> set.length < 2).count();
        return groups.count() == 0 ? 0 : 1 - (double) lonely / groups.count();
    }

    /// One exchange: row i gets the label of row `draw[i]`.
    public int[] draw(RandomGenerator random) {
        int[] from = new int[groups.size()];
        for (int[] set : exchangeable) {
            int[] shuffled = shuffled(set, random);
            for (int i = 0; i < set.length; i++) {
                int[] to = groups.rows(set[i]);
                int[] source = groups.rows(shuffled[i]);
                int[] inOrder = constant ? source : shuffled(source, random);
                for (int k = 0; k < to.length; k++) {
                    from[to[k]] = inOrder[constant ? 0 : k];
                }
            }
        }
        return from;
    }

    private static int[] shuffled(int[] values, RandomGenerator random) {
        int[] shuffled = values.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        return shuffled;
    }

    /// The share of statistics at least as large as the observed one, the observed one included: (b + 1) / (B + 1)
    /// (Phipson and Smyth 2010). It is never 0.
    ///
    /// @param permuted B statistics of permuted labels; NaN counts as large
    public static double pValue(double observed, double[] permuted) {
        long atLeast =
                Arrays.stream(permuted).filter(value -> !(value < observed)).count();
        return (atLeast + 1.0) / (permuted.length + 1.0);
    }
}
