package org.patchlens.learning;

import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.stats.LabelPermutation;
import org.patchlens.stats.Ranking;
import org.patchlens.stats.Regression;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// A permutation test in which the model is fitted again for every permutation: ridge regression needs one
/// factorization per fold for all of them.
///
/// The statistic is the mean over folds of the macro one-vs-rest AUROC of held-out rows, or of R² for a
/// regression. The penalty is [RidgeRegression#averageEigenvalue] of the training rows, which no label changes.
///
/// @param observed the statistic of the labels as they are
/// @param pValue (b + 1) / (B + 1), see [LabelPermutation#pValue]
/// @param permuted the statistics of the B permutations, `float[1][B]`
public record RidgePermutation(double observed, double pValue, FloatMatrix permuted) {
    /// Permutations that are solved together.
    private static final int PER_TASK = 64;

    /// Tests rows.
    ///
    /// @param set rows, targets and groups
    /// @param folds one or more splits of these rows
    /// @param permutations B
    /// @param pool stays open, and belongs to the caller
    public static RidgePermutation of(TrainingSet set, List<GroupedFolds> folds, int permutations, TaskPool pool) {
        LabelPermutation permutation = LabelPermutation.of(set.groups(), codes(set.targets()));
        int[][] draws = new int[permutations + 1][];
        draws[0] = IntStream.range(0, set.targets().size()).toArray();
        Seed seed = set.seed();
        for (int i = 1; i < draws.length; i++) {
            draws[i] = permutation.draw(seed.task(i).generator());
        }
        double[] sums = new double[draws.length];
        int[] counts = new int[draws.length];
        for (GroupedFolds split : folds) {
            for (int fold = 0; fold < split.count(); fold++) {
                addFold(set, split, fold, draws, sums, counts, pool);
            }
        }
        double observed = sums[0] / counts[0];
        double[] permuted = IntStream.range(1, draws.length)
                .mapToDouble(i -> sums[i] / counts[i])
                .toArray();
        FloatMatrix kept = FloatMatrix.zeros(1, permutations);
        for (int i = 0; i < permutations; i++) {
            kept.set(0, i, (float) permuted[i]);
        }
        return new RidgePermutation(observed, LabelPermutation.pValue(observed, permuted), kept);
    }

    /// A number for each different target.
    private static int[] codes(Targets targets) {
        return switch (targets.task()) {
            case CLASSIFICATION -> targets.strataArray();
            case REGRESSION ->
                IntStream.range(0, targets.size())
                        .map(row -> Float.floatToIntBits(targets.values().get(row, 0)))
                        .toArray();
        };
    }

    private static void addFold(
            TrainingSet set, GroupedFolds split, int fold, int[][] draws, double[] sums, int[] counts, TaskPool pool) {
        int[] training = split.training(fold);
        int[] heldOut = split.heldOut(fold);
        FloatMatrix seen = TrainingSet.pick(set.rows(), training);
        Standardization standardization = Standardization.of(seen);
        FloatMatrix rows = standardization.apply(seen);
        FloatMatrix unseen = standardization.apply(TrainingSet.pick(set.rows(), heldOut));
        RidgeRegression ridge = RidgeRegression.of(rows, RidgeRegression.averageEigenvalue(rows));
        pool.forEach(Math.ceilDiv(draws.length, PER_TASK), task -> {
            int from = task * PER_TASK;
            int to = Math.min(draws.length, from + PER_TASK);
            FloatMatrix outputs =
                    ridge.fit(targets(set.targets(), training, draws, from, to)).apply(unseen);
            for (int i = from; i < to; i++) {
                double statistic = statistic(set.targets(), outputs, i - from, heldOut, draws[i]);
                if (!Double.isNaN(statistic)) {
                    sums[i] += statistic;
                    counts[i]++;
                }
            }
        });
    }

    /// The permuted targets of several permutations side by side.
    private static FloatMatrix targets(Targets targets, int[] training, int[][] draws, int from, int to) {
        int outputs = targets.values().columns();
        FloatMatrix permuted = FloatMatrix.zeros(training.length, (to - from) * outputs);
        for (int row = 0; row < training.length; row++) {
            for (int i = from; i < to; i++) {
                for (int k = 0; k < outputs; k++) {
                    float value = targets.values().get(draws[i][training[row]], k);
                    permuted.set(row, (i - from) * outputs + k, value);
                }
            }
        }
        return permuted;
    }

    private static double statistic(Targets targets, FloatMatrix outputs, int place, int[] heldOut, int[] draw) {
        int width = targets.values().columns();
        double sum = 0;
        int counted = 0;
        for (int k = 0; k < width; k++) {
            double[] scores = new double[heldOut.length];
            double[] truth = new double[heldOut.length];
            boolean[] positive = new boolean[heldOut.length];
            double[] ones = new double[heldOut.length];
            for (int row = 0; row < heldOut.length; row++) {
                scores[row] = outputs.get(row, place * width + k);
                truth[row] = targets.values().get(draw[heldOut[row]], k);
                positive[row] = truth[row] >= 0.5;
                ones[row] = 1;
            }
            double value = switch (targets.task()) {
                case CLASSIFICATION -> Ranking.of(scores, positive).auroc();
                case REGRESSION -> Regression.rSquared(scores, truth, ones);
            };
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted > 0 ? sum / counted : Double.NaN;
    }
}
