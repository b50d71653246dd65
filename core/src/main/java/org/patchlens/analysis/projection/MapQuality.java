package org.patchlens.analysis.projection;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// How well a map keeps neighbourhoods, measured among a sample of its points.
///
/// @param points in the sample
/// @param neighbors k, the size of a neighbourhood
/// @param trustworthiness 1 if all neighbours in the map are neighbours, 0.5 as in a random map (Venna and Kaski
///     2001, "Neighborhood preservation in nonlinear projection methods")
/// @param continuity 1 if all neighbours are neighbours in the map; the same with both spaces exchanged
/// @param neighborsKept the mean share of the k nearest points that are among the k nearest in the map, 0 to 1
public record MapQuality(int points, int neighbors, double trustworthiness, double continuity, double neighborsKept) {
    private static final int MOST_POINTS = 2000;
    private static final int NEIGHBORS = 10;

    /// Measures a map.
    ///
    /// @param rows `float[N][any]` the points before, N at least 4
    /// @param map `float[N][axes]` the points in the map
    /// @param seed of the sample
    public static MapQuality of(FloatMatrix rows, FloatMatrix map, Seed seed, TaskPool pool) {
        int[] sample = sample(rows.rows(), seed.generator());
        int m = sample.length;
        int k = Math.min(NEIGHBORS, (m - 1) / 3);
        double[] intruders = new double[m];
        double[] missing = new double[m];
        double[] kept = new double[m];
        pool.forEach(m, i -> {
            int[] before = others(rows, sample, i);
            int[] after = others(map, sample, i);
            intruders[i] = excessRanks(before, after, k);
            missing[i] = excessRanks(after, before, k);
            kept[i] = (double) common(before, after, k) / k;
        });
        double scale = 2.0 / ((double) m * k * (2.0 * m - 3.0 * k - 1));
        return new MapQuality(
                m,
                k,
                1 - scale * Arrays.stream(intruders).sum(),
                1 - scale * Arrays.stream(missing).sum(),
                Arrays.stream(kept).sum() / m);
    }

    private static int[] sample(int points, RandomGenerator random) {
        int[] numbers = IntStream.range(0, points).toArray();
        int some = Math.min(points, MOST_POINTS);
        for (int i = 0; i < some && some < points; i++) {
            int other = i + random.nextInt(points - i);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return Arrays.copyOf(numbers, some);
    }

    /// The places in the sample, nearest to a point first, without the point; equal distances by place.
    private static int[] others(FloatMatrix rows, int[] sample, int point) {
        float[] own = rows.rowToArray(sample[point]);
        long[] keys = new long[sample.length - 1];
        for (int j = 0, at = 0; j < sample.length; j++) {
            if (j != point) {
                double square = 0;
                for (int i = 0; i < own.length; i++) {
                    double difference = (double) own[i] - rows.get(sample[j], i);
                    square += difference * difference;
                }
                // distances are not negative: their bits sort as they do
                keys[at++] = (long) Float.floatToRawIntBits((float) square) << 32 | j;
            }
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /// By how much the ranks that the first k of `after` have in `before` exceed k, in sum; ranks begin at 1.
    private static double excessRanks(int[] before, int[] after, int k) {
        int[] ranks = new int[before.length + 1];
        for (int rank = 0; rank < before.length; rank++) {
            ranks[before[rank]] = rank + 1;
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.max(0, ranks[after[i]] - k);
        }
        return sum;
    }

    private static int common(int[] before, int[] after, int k) {
        int common = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                common += before[i] == after[j] ? 1 : 0;
            }
        }
        return common;
    }
}
