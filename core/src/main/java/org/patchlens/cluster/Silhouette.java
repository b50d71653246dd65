package org.patchlens.cluster;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// How much nearer points are to their own cluster than to the next, on a sample: 1 for clusters that are far
/// apart, 0 for points between two, negative for points in the wrong one (Rousseeuw 1987, "Silhouettes").
///
/// @param points in the sample; noise is not counted
/// @param mean over them; NaN with fewer than two clusters in the sample
/// @param means of each cluster, `float[1][K]`; NaN for one without points in the sample
public record Silhouette(int points, double mean, FloatMatrix means) {
    private static final int MOST_POINTS = 5_000;

    /// Samples points in clusters, 5,000 at most, and takes their silhouettes among each other.
    ///
    /// @param rows `float[N][D]`
    /// @param labels 0 to K - 1, or negative for noise
    /// @param clusters K
    /// @param seed of the sample
    public static Silhouette of(FloatMatrix rows, int[] labels, int clusters, Seed seed, TaskPool pool) {
        int[] sample = sample(labels, seed.generator());
        int[] sizes = new int[clusters];
        for (int point : sample) {
            sizes[labels[point]]++;
        }
        double[] values = new double[sample.length];
        pool.forEach(sample.length, i -> values[i] = value(rows, labels, sample, sizes, i));
        double[] sums = new double[clusters];
        for (int i = 0; i < values.length; i++) {
            sums[labels[sample[i]]] += values[i];
        }
        FloatMatrix means = FloatMatrix.zeros(1, clusters);
        for (int k = 0; k < clusters; k++) {
            means.set(0, k, (float) (sums[k] / sizes[k]));
        }
        boolean several = Arrays.stream(sizes).filter(size -> size > 0).count() > 1;
        double mean = several ? Arrays.stream(values).sum() / values.length : Double.NaN;
        return new Silhouette(sample.length, mean, means);
    }

    private static int[] sample(int[] labels, RandomGenerator random) {
        int[] points = IntStream.range(0, labels.length)
                .filter(point -> labels[point] >= 0)
                .toArray();
        int some = Math.min(points.length, MOST_POINTS);
        for (int i = 0; i < some && some < points.length; i++) {
            int other = i + random.nextInt(points.length - i);
            int swapped = points[i];
            points[i] = points[other];
            points[other] = swapped;
        }
        return Arrays.stream(points, 0, some).sorted().toArray();
    }

    /// The only point of a cluster has the value 0.
    private static double value(FloatMatrix rows, int[] labels, int[] sample, int[] sizes, int i) {
        double[] sums = new double[sizes.length];
        for (int other : sample) {
            sums[labels[other]] += Math.sqrt(Distances.squared(rows, sample[i], rows, other));
        }
        int own = labels[sample[i]];
        double next = Double.POSITIVE_INFINITY;
        for (int k = 0; k < sizes.length; k++) {
            if (k != own && sizes[k] > 0) {
                next = Math.min(next, sums[k] / sizes[k]);
            }
        }
        double inside = sums[own] / Math.max(1, sizes[own] - 1);
        double larger = Math.max(inside, next);
        return sizes[own] == 1 || !(larger > 0) || Double.isInfinite(next) ? 0 : (next - inside) / larger;
    }
}
