package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.patchlens.tensor.DoubleDistance;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Points under a metric: brought into the form in which a matrix product gives squared distances, and ranked by
/// the distances themselves.
///
/// @param rows `float[N][D]`, as they were given
/// @param metric between them
record PointSpace(FloatMatrix rows, Metric metric) {
    /// How many more candidates than neighbours are kept, so that rounding of the products loses none.
    static final int SPARE = 8;

    private static final int ROWS_PER_TASK = 512;

    private static final DoubleDistance DISTANCE = DoubleDistance.chosen();

    /// Each row x as (x, 1, |x|^2), after a shift of all rows to the mean (Euclidean) or scaling to length 1
    /// (cosine).
    FloatMatrix prepared(TaskPool pool) {
        int dimensions = rows.columns();
        FloatMatrix prepared = FloatMatrix.zeros(rows.rows(), dimensions + 2);
        double[] origin = metric == Metric.EUCLIDEAN ? mean() : new double[dimensions];
        pool.forEach(Math.ceilDiv(rows.rows(), ROWS_PER_TASK), task -> {
            int end = Math.min(rows.rows(), (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                double scale = metric == Metric.COSINE ? 1 / Math.max(norm(row), Double.MIN_NORMAL) : 1;
                double square = 0;
                for (int i = 0; i < dimensions; i++) {
                    float value = (float) ((rows.get(row, i) - origin[i]) * scale);
                    prepared.set(row, i, value);
                    square += (double) value * value;
                }
                prepared.set(row, dimensions, 1);
                prepared.set(row, dimensions + 1, (float) square);
            }
        });
        return prepared;
    }

    /// Each (x, 1, |x|^2) as (-2 x, |x|^2, 1): its product with (y, 1, |y|^2) is |x - y|^2.
    static Panel mirrored(FloatMatrix prepared) {
        int columns = prepared.columns();
        float[] mirrored = new float[prepared.rows() * columns];
        for (int row = 0, at = 0; row < prepared.rows(); row++, at += columns) {
            for (int i = 0; i < columns - 2; i++) {
                mirrored[at + i] = -2 * prepared.get(row, i);
            }
            mirrored[at + columns - 2] = prepared.get(row, columns - 1);
            mirrored[at + columns - 1] = 1;
        }
        return Panel.of(mirrored, prepared.rows(), columns);
    }

    /// The K nearest of each point's candidates.
    ///
    /// @param candidates at least K other points for each point
    NeighborGraph rank(IntFunction<int[]> candidates, int k, TaskPool pool) {
        int[] neighbors = new int[Math.multiplyExact(rows.rows(), k)];
        FloatMatrix distances = FloatMatrix.zeros(rows.rows(), k);
        pool.forEach(Math.ceilDiv(rows.rows(), ROWS_PER_TASK), task -> {
            int end = Math.min(rows.rows(), (task + 1) * ROWS_PER_TASK);
            for (int point = task * ROWS_PER_TASK; point < end; point++) {
                write(point, candidates.apply(point), neighbors, distances);
            }
        });
        return new NeighborGraph(neighbors, distances);
    }

    /// Writes the nearest of a point's candidates into its row of a graph.
    ///
    /// @param candidates at least as many as the row is long
    void write(int point, int[] candidates, int[] neighbors, FloatMatrix distances) {
        long[] keys = ranked(point, candidates);
        int k = distances.columns();
        for (int rank = 0; rank < k; rank++) {
            neighbors[point * k + rank] = (int) keys[rank];
            distances.set(point, rank, Candidates.distance(keys[rank]));
        }
    }

    /// The nearest of a point's candidates.
    int[] nearest(int point, int[] candidates, int k) {
        return Arrays.stream(ranked(point, candidates), 0, k)
                .mapToInt(key -> (int) key)
                .toArray();
    }

    /// The keys of a point's candidates, nearest first.
    long[] ranked(int point, int[] candidates) {
        long[] keys = new long[candidates.length];
        float[] row = rows.rowToArray(point);
        double[] distances = distances(row, candidates);
        for (int i = 0; i < candidates.length; i++) {
            keys[i] = Candidates.key((float) distances[i], candidates[i]);
        }
        Arrays.sort(keys);
        return keys;
    }

    /// The distances of a row to other points, in double precision.
    double[] distances(float[] row, int[] others) {
        double[] distances = new double[others.length];
        switch (metric) {
            case EUCLIDEAN -> {
                DISTANCE.squared(row, rows, others, distances);
                Arrays.setAll(distances, i -> Math.sqrt(distances[i]));
            }
            case COSINE -> Arrays.setAll(distances, i -> cosine(row, rows.rowToArray(others[i])));
        }
        return distances;
    }

    /// Rounding may put the cosine of equal rows above 1.
    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double squareOfA = 0;
        double squareOfB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squareOfA += (double) a[i] * a[i];
            squareOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squareOfA * squareOfB);
        return lengths == 0 ? 1 : Math.max(0, 1 - dot / lengths);
    }

    private double norm(int row) {
        double square = 0;
        for (int i = 0; i < rows.columns(); i++) {
            square += (double) rows.get(row, i) * rows.get(row, i);
        }
        return Math.sqrt(square);
    }

    private double[] mean() {
        double[] mean = new double[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += rows.get(row, i);
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= rows.rows();
        }
        return mean;
    }
}
