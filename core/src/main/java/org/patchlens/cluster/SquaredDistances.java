package org.patchlens.cluster;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Squared distances of many rows to a few points, by matrix products.
///
/// @param rows `float[N][D]`
/// @param squares of the lengths of the rows
/// @param pool to work with
@SuppressWarnings("ArrayRecordComponent") // never compared
record SquaredDistances(FloatMatrix rows, float[] squares, TaskPool pool) {
    /// Rows of a task.
    static final int TASK_ROWS = 1024;

    static SquaredDistances of(FloatMatrix rows, TaskPool pool) {
        return new SquaredDistances(rows, squares(rows), pool);
    }

    private static float[] squares(FloatMatrix rows) {
        float[] squares = new float[rows.rows()];
        for (int row = 0; row < squares.length; row++) {
            double sum = 0;
            for (float value : rows.rowToArray(row)) {
                sum += (double) value * value;
            }
            squares[row] = (float) sum;
        }
        return squares;
    }

    int tasks() {
        return Math.ceilDiv(rows.rows(), TASK_ROWS);
    }

    /// The rows of a task to some points, `float[rows of the task][points]`.
    ///
    /// @param points `float[points][D]`
    float[] ofTask(int task, FloatMatrix points) {
        int from = task * TASK_ROWS;
        int to = Math.min(rows.rows(), from + TASK_ROWS);
        float[] squaresOfPoints = squares(points);
        float[] products = new float[(to - from) * points.rows()];
        MatrixProduct.multiply(
                Panel.of(rows.rows(from, to)),
                Panel.of(points).transpose(),
                Panel.of(products, to - from, points.rows()));
        for (int i = 0; i < products.length; i++) {
            float square = squares[from + i / points.rows()] + squaresOfPoints[i % points.rows()];
            products[i] = Math.max(0, square - 2 * products[i]);
        }
        return products;
    }

    /// All rows to some points, `float[N][points]`.
    float[] to(FloatMatrix points) {
        float[] all = new float[Math.multiplyExact(rows.rows(), points.rows())];
        pool.forEach(tasks(), task -> {
            float[] own = ofTask(task, points);
            System.arraycopy(own, 0, all, task * TASK_ROWS * points.rows(), own.length);
        });
        return all;
    }
}
