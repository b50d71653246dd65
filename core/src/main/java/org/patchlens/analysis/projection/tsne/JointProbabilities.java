package org.patchlens.analysis.projection.tsne;

import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.TaskPool;

/// How likely two points are neighbours: P of t-SNE, symmetric, sparse, with the sum 1.
///
/// @param weights p(i,j)
record JointProbabilities(SymmetricWeights weights) {
    private static final int ROWS_PER_TASK = 512;

    /// p(i,j) = (p(j|i) + p(i|j)) / 2N, where p(.|i) is a Gaussian over the neighbours of i whose width gives it
    /// the perplexity (equations 1 and 2 of the paper).
    ///
    /// @param perplexity less than the number of neighbours in the graph, if it is to be reached
    static JointProbabilities of(NeighborGraph graph, double perplexity, TaskPool pool) {
        int n = graph.points();
        int k = graph.neighbors();
        float[] conditional = new float[Math.multiplyExact(n, k)];
        pool.forEach(Math.ceilDiv(n, ROWS_PER_TASK), task -> {
            int end = Math.min(n, (task + 1) * ROWS_PER_TASK);
            double[] row = new double[k];
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                for (int rank = 0; rank < k; rank++) {
                    row[rank] = (double) graph.distance(i, rank) * graph.distance(i, rank);
                }
                Perplexity.calibrate(row, perplexity);
                for (int rank = 0; rank < k; rank++) {
                    conditional[i * k + rank] = (float) row[rank];
                }
            }
        });
        float scale = 0.5f / n;
        return new JointProbabilities(
                SymmetricWeights.of(graph, conditional, (own, other) -> (own + other) * scale, pool));
    }

    /// The same probabilities with the points in another order: point `order[i]` becomes point i.
    JointProbabilities reordered(int[] order, TaskPool pool) {
        return new JointProbabilities(weights.reordered(order, pool));
    }

    /// N, the number of points.
    int points() {
        return weights.points();
    }

    /// Where each row starts, `int[N + 1]`; not to be changed.
    int[] starts() {
        return weights.starts();
    }

    /// The column of each element; not to be changed.
    int[] columns() {
        return weights.columns();
    }

    /// The value of each element; not to be changed.
    float[] values() {
        return weights.values();
    }

    /// The sum of p log p over all elements.
    double negativeEntropy() {
        double sum = 0;
        for (float p : values()) {
            sum += p > 0 ? p * Math.log(p) : 0;
        }
        return sum;
    }
}
