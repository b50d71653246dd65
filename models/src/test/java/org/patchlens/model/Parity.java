package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.patchlens.tensor.FloatMatrix;

/// How far two results are apart.
public final class Parity {
    private Parity() {}

    /// The largest absolute difference.
    public static double maxDifference(FloatMatrix actual, FloatMatrix expected) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.columns()).isEqualTo(expected.columns());
        double largest = 0;
        for (int row = 0; row < actual.rows(); row++) {
            for (int column = 0; column < actual.columns(); column++) {
                double difference = Math.abs((double) actual.get(row, column) - expected.get(row, column));
                // a NaN on either side must not pass for equal
                largest = difference >= 0 ? Math.max(largest, difference) : Double.POSITIVE_INFINITY;
            }
        }
        return largest;
    }

    /// The largest absolute value.
    public static double largest(FloatMatrix matrix) {
        return maxDifference(matrix, FloatMatrix.zeros(matrix.rows(), matrix.columns()));
    }

    /// The smallest cosine between two rows of the same number.
    public static double minCosine(FloatMatrix actual, FloatMatrix expected) {
        double smallest = 1;
        for (int row = 0; row < actual.rows(); row++) {
            double product = 0;
            double squares = 0;
            double expectedSquares = 0;
            for (int column = 0; column < actual.columns(); column++) {
                double a = actual.get(row, column);
                double b = expected.get(row, column);
                product += a * b;
                squares += a * a;
                expectedSquares += b * b;
            }
            double cosine = product / Math.sqrt(squares * expectedSquares);
            smallest = Double.isNaN(cosine) ? -1 : Math.min(smallest, cosine);
        }
        return smallest;
    }
}
