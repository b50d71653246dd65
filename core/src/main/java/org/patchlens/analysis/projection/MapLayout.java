package org.patchlens.analysis.projection;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.patchlens.analysis.projection.tsne.Tsne;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.analysis.projection.umap.Umap;
import org.patchlens.analysis.projection.umap.UmapSettings;
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
    private static final int EXAGGERATED_ITERATIONS = 250;
    private static final double EXAGGERATION = 12;

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
                int wanted = Math.max(1, tsne(options).neighbors());
                MeasuredGraph graph =
                        search.of(scores, Math.min(scores.rows() - 1, wanted), Metric.EUCLIDEAN, searched);
                Tsne map = Tsne.of(graph.graph(), scores, tsne(options), layouts, search.pool());
                yield new MapLayout(
                        map.positions(), Optional.of(map.divergence()), map.iterations(), Optional.of(graph.recall()));
            }
            case UMAP -> {
                MeasuredGraph graph = search.of(scores, umap(options).neighbors() - 1, Metric.EUCLIDEAN, searched);
                Umap map = Umap.of(graph.graph(), scores, umap(options), layouts, search.pool());
                yield new MapLayout(
                        map.positions(), Optional.of(map.crossEntropy()), map.epochs(), Optional.of(graph.recall()));
            }
        };
    }

    /// Refuses numbers of points that give no map.
    static void check(ProjectionOptions options, int points) {
        switch (options.method()) {
            case PCA -> {}
            case TSNE -> tsne(options).check(points);
            case UMAP -> umap(options).check(points);
        }
    }

    /// The iterations that it takes, if none is saved at the end.
    static int iterations(ProjectionOptions options, int points) {
        return switch (options.method()) {
            case PCA -> 0;
            case TSNE -> EXAGGERATED_ITERATIONS + options.iterations();
            case UMAP -> umap(options).epochsFor(points);
        };
    }

    private static TsneSettings tsne(ProjectionOptions options) {
        return new TsneSettings(
                options.axes(),
                options.perplexity(),
                EXAGGERATION,
                EXAGGERATED_ITERATIONS,
                options.iterations(),
                options.seed());
    }

    private static UmapSettings umap(ProjectionOptions options) {
        return new UmapSettings(
                options.axes(), options.nNeighbors(), options.minDist(), options.epochs(), options.seed());
    }

    private static FloatMatrix firstColumns(FloatMatrix scores, int axes) {
        FloatMatrix first = FloatMatrix.zeros(scores.rows(), axes);
        for (int row = 0; row < scores.rows(); row++) {
            for (int axis = 0; axis < Math.min(axes, scores.columns()); axis++) {
                first.set(row, axis, scores.get(row, axis));
            }
        }
        return first;
    }
}
