package org.patchlens.learning;

import org.patchlens.tensor.FloatMatrix;

/// The mean and deviation of each dimension, learned from training rows and applied to any.
///
/// @param mean `float[1][D]`
/// @param scale `float[1][D]`, the standard deviation (divided by n); 1 where a dimension does not vary
public record Standardization(FloatMatrix mean, FloatMatrix scale) {
    /// A dimension that varies less than this share of its mean does not vary: that is rounding.
    private static final double SMALLEST_DEVIATION = 1e-6;

    /// Learns from rows, at least one.
    public static Standardization of(FloatMatrix rows) {
        int dimensions = rows.columns();
        double[] sums = new double[dimensions];
        double[] squares = new double[dimensions];
        float[] origin = rows.rowToArray(0);
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < dimensions; i++) {
                double shifted = (double) values[i] - origin[i];
                sums[i] += shifted;
                squares[i] += shifted * shifted;
            }
        }
        FloatMatrix mean = FloatMatrix.zeros(1, dimensions);
        FloatMatrix scale = FloatMatrix.zeros(1, dimensions);
        for (int i = 0; i < dimensions; i++) {
            double shift = sums[i] / rows.rows();
            double deviation = Math.sqrt(Math.max(0, squares[i] / rows.rows() - shift * shift));
            double center = origin[i] + shift;
            mean.set(0, i, (float) center);
            scale.set(0, i, deviation > SMALLEST_DEVIATION * Math.abs(center) ? (float) deviation : 1);
        }
        return new Standardization(mean, scale);
    }

    /// The rows less the mean, divided by the deviation; a new matrix.
    public FloatMatrix apply(FloatMatrix rows) {
        int dimensions = rows.columns();
        float[] center = mean.rowToArray(0);
        float[] divisor = scale.rowToArray(0);
        FloatMatrix standardized = FloatMatrix.zeros(rows.rows(), dimensions);
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < dimensions; i++) {
                values[i] = (values[i] - center[i]) / divisor[i];
            }
            standardized.row(row).copyFrom(FloatMatrix.of(1, dimensions, values));
        }
        return standardized;
    }
}
