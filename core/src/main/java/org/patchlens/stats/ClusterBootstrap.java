package org.patchlens.stats;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Intervals from patients drawn with replacement, each with all its rows.
///
/// The draw of a replicate depends on the seed and its number alone: statistics of several models over the same
/// groups see the same patients, and their differences are paired. What is drawn are weights for values that were
/// computed once; nothing that depends on neighbours or duplicates is computed again. The interval tells how the
/// evaluation would vary with other patients, not how training would.
///
/// @param groups of the rows
/// @param replicates how many draws
/// @param seed of the draws
public record ClusterBootstrap(Groups groups, int replicates, Seed seed) {
    /// How many draws make percentiles of 2.5 and 97.5 % steady.
    public static final int REPLICATES = 2000;

    private static final double TAIL = 0.025;

    /// How often each row was drawn.
    ///
    /// @param replicate its number
    public double[] weights(int replicate) {
        RandomGenerator random = seed.task(replicate).generator();
        int[] drawn = new int[groups.count()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[random.nextInt(drawn.length)]++;
        }
        return IntStream.range(0, groups.size())
                .mapToDouble(row -> drawn[groups.of(row)])
                .toArray();
    }

    /// The 2.5 and 97.5 % percentiles of a statistic; draws for which it is NaN are left out, and the ends are NaN
    /// if all are.
    ///
    /// @param statistic of the weights of the rows; called from several threads
    public Interval percentiles(ToDoubleFunction<double[]> statistic, TaskPool pool) {
        double[] values = new double[replicates];
        pool.forEach(replicates, replicate -> values[replicate] = statistic.applyAsDouble(weights(replicate)));
        double[] known = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Interval(quantile(known, TAIL), quantile(known, 1 - TAIL), Interval.Method.CLUSTER_BOOTSTRAP);
    }

    /// The quantile of sorted values, by linear interpolation between them; NaN if there are none.
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
