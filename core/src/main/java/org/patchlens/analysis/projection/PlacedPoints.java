package org.patchlens.analysis.projection;

import org.patchlens.analysis.projection.tsne.TsnePlacement;
import org.patchlens.analysis.projection.umap.UmapPlacement;
import org.patchlens.neighbor.CrossNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Points that were placed into a map which was finished without them.
///
/// @param positions `float[M][axes]`
/// @param neighbors K, how many of a point's nearest points of the map are compared
/// @param neighborsKept the mean share of the K points of the map nearest to a placed point that are among the K
///     nearest in the map, 0 to 1
record PlacedPoints(FloatMatrix positions, int neighbors, double neighborsKept) {
    private static final int NEIGHBORS_OF_TSNE = 30;
    private static final int COMPARED = 10;

    /// Places points; whatever other points are placed makes no difference.
    ///
    /// @param added `float[M][k]` the scores of the points that are placed
    /// @param known `float[N][k]` the scores of the points of the map
    /// @param map `float[N][axes]`
    static PlacedPoints of(
            FloatMatrix added, FloatMatrix known, FloatMatrix map, ProjectionOptions options, TaskPool pool) {
        int wanted =
                Math.max(COMPARED, Math.max(NEIGHBORS_OF_TSNE, options.umap().nNeighbors()));
        NeighborGraph graph = CrossNeighbors.of(added, known, Math.min(known.rows(), wanted), Metric.EUCLIDEAN, pool);
        FloatMatrix positions = switch (options.method()) {
            case PCA -> MapLayout.firstColumns(added, options.axes());
            case TSNE ->
                TsnePlacement.of(
                        map, first(graph, NEIGHBORS_OF_TSNE), options.tsne().perplexity(), pool);
            case UMAP -> UmapPlacement.of(map, first(graph, options.umap().nNeighbors()), options.umapSettings(), pool);
        };
        int compared = Math.min(COMPARED, graph.neighbors());
        NeighborGraph inMap = CrossNeighbors.of(positions, map, compared, Metric.EUCLIDEAN, pool);
        return new PlacedPoints(positions, compared, common(graph, inMap));
    }

    private static NeighborGraph first(NeighborGraph graph, int k) {
        return graph.first(Math.min(graph.neighbors(), k));
    }

    private static double common(NeighborGraph before, NeighborGraph after) {
        long common = 0;
        int k = after.neighbors();
        for (int i = 0; i < after.points(); i++) {
            for (int rank = 0; rank < k; rank++) {
                for (int other = 0; other < k; other++) {
                    common += before.neighbor(i, rank) == after.neighbor(i, other) ? 1 : 0;
                }
            }
        }
        return (double) common / k / after.points();
    }
}
