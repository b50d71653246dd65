package org.patchlens.analysis.projection;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.patchlens.analysis.projection.tsne.Tsne;
import org.patchlens.analysis.projection.umap.Umap;
import org.patchlens.neighbor.MeasuredGraph;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborSearch;
import org.patchlens.tensor.FloatMatrix;

/// Where the points of a map are, and how they came there.
///
/// @param positions of the points, `float[N][axes]`
/// @param divergence of t-SNE, or the cross-entropy of UMAP per point
/// @param iterations of t-SNE or UMAP
/// @param recall of the search for neighbours
record MapLayout(FloatMatrix positions, Optional<Double> divergence, int iterations, Optional<Double> recall) {
    /// Lays points out.
    ///
    /// @param scores `float[N][k]` of the principal components
    /// @param searched told the share of the neighbours that have been searched
    static MapLayout of(
            FloatMatrix scores,
            ProjectionOptions options,
            NeighborSearch search,
            DoubleConsumer searched,
            Layouts layouts) {
        return switch (options.method()) {
            case PCA -> new MapLayout(firstColumns(scores, options.axes()), Optional.empty(), 0, Optional.empty());
            case TSNE -> {
                int wanted = Math.max(1, options.tsneSettings().neighbors());
                MeasuredGraph graph =
                        search.of(scores, Math.min(scores.rows() - 1, wanted), Metric.EUCLIDEAN, searched);
                Tsne map = Tsne.of(graph.graph(), scores, options.tsneSettings(), layouts, search.pool());
                yield new MapLayout(
                        map.positions(), Optional.of(map.divergence()), map.iterations(), Optional.of(graph.recall()));
            }
            case UMAP -> {
                int wanted = options.umapSettings().neighbors() - 1;
                MeasuredGraph graph = search.of(scores, wanted, Metric.EUCLIDEAN, searched);
                Umap map = Umap.of(graph.graph(), scores, options.umapSettings(), layouts, search.pool());
                yield new MapLayout(
                        map.positions(), Optional.of(map.crossEntropy()), map.epochs(), Optional.of(graph.recall()));
            }
        };
    }

    /// Refuses numbers of points that give no map.
    static void check(ProjectionOptions options, int points) {
        switch (options.method()) {
            case PCA -> {}
            case TSNE -> options.tsneSettings().check(points);
            case UMAP -> options.umapSettings().check(points);
        }
    }

    /// The first columns of scores; a column that is missing is 0.
    static FloatMatrix firstColumns(FloatMatrix scores, int axes) {
        FloatMatrix first = FloatMatrix.zeros(scores.rows(), axes);
        for (int row = 0; row < scores.rows(); row++) {
            for (int axis = 0; axis < Math.min(axes, scores.columns()); axis++) {
                first.set(row, axis, scores.get(row, axis));
            }
        }
        return first;
    }
}
