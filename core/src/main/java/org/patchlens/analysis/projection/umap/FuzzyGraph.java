package org.patchlens.analysis.projection.umap;

import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// How much two points are neighbours, 0 to 1: the fuzzy union of what each of them holds of the other, a + b -
/// ab.
final class FuzzyGraph {
    private static final int ROWS_PER_TASK = 512;

    private FuzzyGraph() {}

    static SymmetricWeights of(NeighborGraph graph, TaskPool pool) {
        return SymmetricWeights.of(graph, memberships(graph, pool), (own, other) -> own + other - own * other, pool);
    }

    /// How much each point holds each of its neighbours for one, `float[N * K]`.
    static float[] memberships(NeighborGraph graph, TaskPool pool) {
        int points = graph.points();
        int k = graph.neighbors();
        double meanOfAll = mean(graph.distances());
        float[] memberships = new float[Math.multiplyExact(points, k)];
        pool.forEach(Math.ceilDiv(points, ROWS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * ROWS_PER_TASK);
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                float[] distances = graph.distances().rowToArray(i);
                SmoothDistances scale = SmoothDistances.of(distances, meanOfAll);
                for (int rank = 0; rank < k; rank++) {
                    memberships[i * k + rank] = (float) scale.membership(distances[rank]);
                }
            }
        });
        return memberships;
    }

    private static double mean(FloatMatrix distances) {
        double sum = 0;
        for (int i = 0; i < distances.rows(); i++) {
            for (int j = 0; j < distances.columns(); j++) {
                sum += distances.get(i, j);
            }
        }
        return sum / ((distances.columns() + 1.0) * distances.rows());
    }
}
