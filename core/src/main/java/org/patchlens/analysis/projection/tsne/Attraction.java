package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;
import org.patchlens.tensor.TaskPool;
import org.patchlens.tensor.force.MapPoints;
import org.patchlens.tensor.force.PairForces;
import org.patchlens.tensor.force.SparseRows;

/// What pulls neighbours together: for each point i the sum over j of p(i,j) (y(i) - y(j)) / (1 + |y(i) -
/// y(j)|^2).
///
/// Each point sums its own row, so nobody writes what another writes.
///
/// @param probabilities p(i,j)
record Attraction(SparseRows probabilities) {
    private static final int POINTS_PER_TASK = 512;
    private static final PairForces FORCES = PairForces.ofThisJava();

    /// Writes the sum of each point.
    ///
    /// @param force written, point after point
    void of(MapPoints points, float[] force, TaskPool pool) {
        pool.forEach(tasks(), task -> FORCES.pull(probabilities, points, force, from(task), from(task + 1)));
    }

    /// The sum of p log(1 + |y(i) - y(j)|^2) over all pairs: with the logarithm of the normalization and
    /// [JointProbabilities#negativeEntropy], the Kullback-Leibler divergence.
    double crossTerm(MapPoints points, TaskPool pool) {
        double[] sums = new double[tasks()];
        pool.forEach(
                sums.length, task -> sums[task] = FORCES.logarithms(probabilities, points, from(task), from(task + 1)));
        return Arrays.stream(sums).sum();
    }

    private int tasks() {
        return Math.ceilDiv(probabilities.rows(), POINTS_PER_TASK);
    }

    private int from(int task) {
        return Math.min(probabilities.rows(), task * POINTS_PER_TASK);
    }
}
