package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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
        return cosines(actual, expected).min().orElseThrow();
    }

    /// The mean cosine between two rows of the same number.
    public static double meanCosine(FloatMatrix actual, FloatMatrix expected) {
        return cosines(actual, expected).average().orElseThrow();
    }

    private static DoubleStream cosines(FloatMatrix actual, FloatMatrix expected) {
        return IntStream.range(0, actual.rows()).mapToDouble(row -> cosine(actual, expected, row));
    }

    private static double cosine(FloatMatrix actual, FloatMatrix expected, int row) {
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
        return Double.isNaN(cosine) ? -1 : cosine;
    }
}
