package org.patchlens.analysis.cluster;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.patchlens.analysis.cluster.ClusterSummary.Exemplar;
import org.patchlens.point.NormLimit;
import org.patchlens.point.PointSource;
import org.patchlens.point.PointUnit;
import org.patchlens.point.PrincipalPoints;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Gives every patch of a few images a cluster, also those that are no points: that of the nearest centre, or of
/// the nearest point where there are no centres.
///
/// @param points that were grouped
/// @param limit of norms, beyond which a patch has no cluster
/// @param grouping of the points
/// @param rows of the points, in the space in which they were grouped
/// @param pool to work with
record ShownClusters(PrincipalPoints points, NormLimit limit, Grouping grouping, FloatMatrix rows, TaskPool pool) {

    /// The images of the first exemplars of all clusters, the largest first, then those of the second, and so on,
    /// each once.
    ///
    /// @param space takes scores to the space in which points were grouped
    List<Clusters.ShownImage> of(
            List<ClusterSummary> clusters, int most, BiFunction<PrincipalPoints, FloatMatrix, FloatMatrix> space) {
        if (points.source().points().unit() != PointUnit.PATCHES) {
            return List.of();
        }
        int rounds = clusters.stream()
                .mapToInt(cluster -> cluster.exemplars().size())
                .max()
                .orElse(0);
        return IntStream.range(0, rounds)
                .boxed()
                .flatMap(round -> clusters.stream()
                        .flatMap(cluster ->
                                cluster.exemplars().stream().skip(round).limit(1)))
                .map(Exemplar::image)
                .distinct()
                .limit(most)
                .map(image -> of(image, space))
                .toList();
    }

    private Clusters.ShownImage of(int image, BiFunction<PrincipalPoints, FloatMatrix, FloatMatrix> space) {
        PointSource whole = points.source().allOf(image);
        FloatMatrix own = space.apply(points, points.components().scores(whole.rows(image), pool));
        float[] norms = whole.norms(image);
        FloatMatrix labels = FloatMatrix.zeros(1, own.rows());
        pool.forEach(own.rows(), patch -> {
            int label = grouping.kMeans().isPresent() ? byCenter(own, patch) : byPoint(own, patch);
            labels.set(0, patch, label < 0 || norms[patch] > limit.threshold() ? Float.NaN : label);
        });
        return new Clusters.ShownImage(
                image, points.source().study().images().get(image).id(), labels);
    }

    private int byCenter(FloatMatrix own, int patch) {
        FloatMatrix centers = grouping.kMeans().orElseThrow().centers();
        return grouping.number(nearest(centers, own.rowToArray(patch)));
    }

    private int byPoint(FloatMatrix own, int patch) {
        return grouping.labels()[nearest(rows, own.rowToArray(patch))];
    }

    /// By the direction of the row where centres have length 1: they are all as far from the origin.
    private static int nearest(FloatMatrix others, float[] row) {
        double[] squares = IntStream.range(0, others.rows())
                .mapToDouble(other -> square(others, other, row))
                .toArray();
        int nearest = 0;
        for (int i = 1; i < squares.length; i++) {
            nearest = squares[i] < squares[nearest] ? i : nearest;
        }
        return nearest;
    }

    private static double square(FloatMatrix others, int other, float[] row) {
        float[] values = others.rowToArray(other);
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            double difference = (double) values[i] - row[i];
            sum += difference * difference;
        }
        return sum;
    }
}
