package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;
import org.patchlens.tensor.TaskPool;

/// What pulls neighbours together: for each point i the sum over j of p(i,j) (y(i) - y(j)) / (1 + |y(i) -
/// y(j)|^2).
///
/// Each point sums its own row, so nobody writes what another writes.
///
/// @param probabilities P
/// @param axes 2 or 3
record Attraction(JointProbabilities probabilities, int axes) {
    private static final int POINTS_PER_TASK = 512;

    /// Writes the sum of each point.
    ///
    /// @param positions point after point
    /// @param force written, as long as `positions`
    void of(float[] positions, float[] force, TaskPool pool) {
        forEachTask(pool, (from, to, task) -> {
            if (axes == 2) {
                inPlane(positions, force, from, to);
            } else {
                inSpace(positions, force, from, to);
            }
        });
    }

    /// The sum of p log(1 + |y(i) - y(j)|^2) over all pairs: with the logarithm of the normalization and
    /// [JointProbabilities#negativeEntropy], the Kullback-Leibler divergence.
    double crossTerm(float[] positions, TaskPool pool) {
        double[] sums = new double[Math.ceilDiv(probabilities.points(), POINTS_PER_TASK)];
        forEachTask(pool, (from, to, task) -> sums[task] = crossTerm(positions, from, to));
        return Arrays.stream(sums).sum();
    }

    @FunctionalInterface
    private interface RangeTask {
        void run(int from, int to, int task);
    }

    private void forEachTask(TaskPool pool, RangeTask work) {
        int points = probabilities.points();
        pool.forEach(
                Math.ceilDiv(points, POINTS_PER_TASK),
                task -> work.run(task * POINTS_PER_TASK, Math.min(points, (task + 1) * POINTS_PER_TASK), task));
    }

    private void inPlane(float[] positions, float[] force, int from, int to) {
        int[] starts = probabilities.starts();
        int[] columns = probabilities.columns();
        float[] values = probabilities.values();
        for (int i = from; i < to; i++) {
            float x = positions[2 * i];
            float y = positions[2 * i + 1];
            float evenX = 0;
            float evenY = 0;
            float oddX = 0;
            float oddY = 0;
            int end = starts[i + 1];
            int e = starts[i];
            // two sums side by side, since one addition would wait for the other
            for (; e + 1 < end; e += 2) {
                int j = 2 * columns[e];
                int k = 2 * columns[e + 1];
                float dx = x - positions[j];
                float dy = y - positions[j + 1];
                float ex = x - positions[k];
                float ey = y - positions[k + 1];
                float pull = values[e] / (1 + dx * dx + dy * dy);
                float other = values[e + 1] / (1 + ex * ex + ey * ey);
                evenX += pull * dx;
                evenY += pull * dy;
                oddX += other * ex;
                oddY += other * ey;
            }
            if (e < end) {
                float dx = x - positions[2 * columns[e]];
                float dy = y - positions[2 * columns[e] + 1];
                float pull = values[e] / (1 + dx * dx + dy * dy);
                evenX += pull * dx;
                evenY += pull * dy;
            }
            force[2 * i] = evenX + oddX;
            force[2 * i + 1] = evenY + oddY;
        }
    }

    private void inSpace(float[] positions, float[] force, int from, int to) {
        int[] starts = probabilities.starts();
        int[] columns = probabilities.columns();
        float[] values = probabilities.values();
        for (int i = from; i < to; i++) {
            float x = positions[3 * i];
            float y = positions[3 * i + 1];
            float z = positions[3 * i + 2];
            float sumX = 0;
            float sumY = 0;
            float sumZ = 0;
            for (int e = starts[i]; e < starts[i + 1]; e++) {
                int j = 3 * columns[e];
                float dx = x - positions[j];
                float dy = y - positions[j + 1];
                float dz = z - positions[j + 2];
                float pull = values[e] / (1 + dx * dx + dy * dy + dz * dz);
                sumX += pull * dx;
                sumY += pull * dy;
                sumZ += pull * dz;
            }
            force[3 * i] = sumX;
            force[3 * i + 1] = sumY;
            force[3 * i + 2] = sumZ;
        }
    }

    private double crossTerm(float[] positions, int from, int to) {
        int[] starts = probabilities.starts();
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int e = starts[i]; e < starts[i + 1]; e++) {
                int j = probabilities.columns()[e];
                double square = 0;
                for (int axis = 0; axis < axes; axis++) {
                    double difference = (double) positions[axes * i + axis] - positions[axes * j + axis];
                    square += difference * difference;
                }
                sum += probabilities.values()[e] * Math.log(1 + square);
            }
        }
        return sum;
    }
}
