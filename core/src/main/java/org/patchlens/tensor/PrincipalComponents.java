package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;

/// The directions in which rows vary most, and how much.
///
/// A component's sign is fixed: its first element of the largest absolute value is positive.
///
/// @param mean `float[1][D]`
/// @param components `float[k][D]`, orthonormal rows, most variance first
/// @param variances `float[1][k]`, the variance of the scores of each component (divided by N - 1)
/// @param totalVariance the sum over all D components
/// @param count N, the rows that they were made of
public record PrincipalComponents(
        FloatMatrix mean, FloatMatrix components, FloatMatrix variances, double totalVariance, long count) {
    private static final int ROWS_PER_TASK = 128;

    /// The first components of what has been gathered.
    ///
    /// @param most at most so many components, never more than D or N - 1
    public static PrincipalComponents of(StreamingCovariance rows, int most) {
        double[][] covariance = rows.covariance();
        int dimensions = rows.dimensions();
        int kept = (int) Math.min(Math.min(most, dimensions), rows.count() - 1);
        LeadingEigen eigen = LeadingEigen.of(covariance, kept);
        FloatMatrix components = FloatMatrix.zeros(kept, dimensions);
        FloatMatrix variances = FloatMatrix.zeros(1, kept);
        for (int i = 0; i < kept; i++) {
            variances.set(0, i, (float) Math.max(0, eigen.values()[i]));
            writeRow(components, i, eigen.vectors()[i]);
        }
        FloatMatrix mean = FloatMatrix.zeros(1, dimensions);
        writeRow(mean, 0, rows.mean());
        double total = 0;
        for (int i = 0; i < dimensions; i++) {
            total += covariance[i][i];
        }
        return new PrincipalComponents(mean, components, variances, total, rows.count());
    }

    private static void writeRow(FloatMatrix matrix, int row, double[] values) {
        for (int i = 0; i < values.length; i++) {
            matrix.set(row, i, (float) values[i]);
        }
    }

    /// The share of the variance that the components keep together, 0 to 1; 0 if nothing varies.
    public double keptVariance() {
        double kept = 0;
        for (int i = 0; i < variances.columns(); i++) {
            kept += variances.get(0, i);
        }
        return totalVariance > 0 ? Math.min(1, kept / totalVariance) : 0;
    }

    /// The coordinates of rows along the components, `float[rows][k]`.
    ///
    /// @param rows `float[any][D]`
    public FloatMatrix scores(FloatMatrix rows, TaskPool pool) {
        if (rows.columns() != mean.columns()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.columns() + " numbers; the components have " + mean.columns());
        }
        FloatMatrix scores = FloatMatrix.zeros(rows.rows(), components.rows());
        pool.forEach(Math.ceilDiv(rows.rows(), ROWS_PER_TASK), task -> {
            int from = task * ROWS_PER_TASK;
            int to = Math.min(rows.rows(), from + ROWS_PER_TASK);
            Panel centered = centered(rows.rows(from, to));
            MatrixProduct.multiply(centered, Panel.of(components).transpose(), Panel.of(scores.rows(from, to)));
        });
        return scores;
    }

    private Panel centered(FloatMatrix rows) {
        int columns = rows.columns();
        float[] origin = mean.rowToArray(0);
        float[] values = new float[rows.rows() * columns];
        MemorySegment.copy(rows.segment(), FloatMatrix.FLOAT, 0, values, 0, values.length);
        for (int start = 0; start < values.length; start += columns) {
            for (int i = 0; i < columns; i++) {
                values[start + i] -= origin[i];
            }
        }
        return Panel.of(values, rows.rows(), columns);
    }
}
