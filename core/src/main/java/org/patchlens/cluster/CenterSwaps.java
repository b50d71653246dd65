package org.patchlens.cluster;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Exchanges a centre for a point where that lowers the sum of squared distances (Lattanzi and Sohler 2019, "A
/// better k-means++ algorithm via local search"): k-means never moves a centre from a place with two to one with
/// none.
final class CenterSwaps {
    private final SquaredDistances distances;
    private final FloatMatrix centers;
    private final TaskPool pool;
    /// Per point, its centre and the squared distance to it, and both of the second nearest centre.
    private final int[] nearest;

    private final float[] least;
    private final int[] secondNearest;
    private final float[] second;

    /// @param centers `float[K][D]`, K at least 2; exchanged in place
    CenterSwaps(SquaredDistances distances, FloatMatrix centers, TaskPool pool) {
        this.distances = distances;
        this.centers = centers;
        this.pool = pool;
        int n = distances.rows().rows();
        nearest = new int[n];
        least = new float[n];
        secondNearest = new int[n];
        second = new float[n];
        pool.forEach(distances.tasks(), task -> {
            float[] all = distances.ofTask(task, centers);
            for (int i = 0; i < all.length / centers.rows(); i++) {
                rank(task * SquaredDistances.TASK_ROWS + i, all, i * centers.rows());
            }
        });
    }

    private void rank(int point, float[] squares, int at) {
        least[point] = Float.POSITIVE_INFINITY;
        second[point] = Float.POSITIVE_INFINITY;
        for (int center = 0; center < centers.rows(); center++) {
            float square = squares[at + center];
            if (square < least[point]) {
                second[point] = least[point];
                secondNearest[point] = nearest[point];
                least[point] = square;
                nearest[point] = center;
            } else if (square < second[point]) {
                second[point] = square;
                secondNearest[point] = center;
            }
        }
    }

    /// Offers points one after the other, drawn with chances in proportion to their squared distances.
    void run(int steps, RandomGenerator random) {
        for (int step = 0; step < steps; step++) {
            int point = CenterSeeds.draw(least, 1, random)[0];
            FloatMatrix row = distances.rows().row(point);
            float[] toPoint = distances.to(row);
            int dropped = dropped(toPoint);
            if (dropped >= 0) {
                centers.row(dropped).copyFrom(row);
                exchange(dropped, toPoint);
            }
        }
    }

    /// The centre without which the sum is smallest, with the point in its place; -1 if it does not become
    /// smaller.
    private int dropped(float[] toPoint) {
        double before = 0;
        double with = 0;
        double[] more = new double[centers.rows()];
        for (int i = 0; i < toPoint.length; i++) {
            float own = Math.min(least[i], toPoint[i]);
            before += least[i];
            with += own;
            more[nearest[i]] += Math.min(second[i], toPoint[i]) - own;
        }
        int best = 0;
        for (int center = 1; center < more.length; center++) {
            best = more[center] < more[best] ? center : best;
        }
        return with + more[best] < before ? best : -1;
    }

    /// The centre has moved to a point: whoever had it, or may have the new one, is compared with all again.
    private void exchange(int center, float[] toPoint) {
        int[] lost = IntStream.range(0, toPoint.length)
                .filter(i -> nearest[i] == center || secondNearest[i] == center || toPoint[i] < second[i])
                .toArray();
        FloatMatrix rows = FloatMatrix.zeros(lost.length, centers.columns());
        for (int i = 0; i < lost.length; i++) {
            rows.row(i).copyFrom(distances.rows().row(lost[i]));
        }
        float[] all = SquaredDistances.of(rows, pool).to(centers);
        for (int i = 0; i < lost.length; i++) {
            rank(lost[i], all, i * centers.rows());
        }
    }
}
