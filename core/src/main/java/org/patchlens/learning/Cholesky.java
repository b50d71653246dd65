package org.patchlens.learning;

/// The factor of a symmetric positive definite matrix, in double precision.
final class Cholesky {
    private final double[][] factor;

    private Cholesky(double[][] factor) {
        this.factor = factor;
    }

    /// Factors a matrix.
    ///
    /// @param matrix `double[n][n]`, of which the lower triangle is read and overwritten
    /// @throws ArithmeticException if it is not positive definite
    static Cholesky of(double[][] matrix) {
        int n = matrix.length;
        double[] column = new double[n];
        for (int k = 0; k < n; k++) {
            double pivot = matrix[k][k];
            if (!(pivot > 0)) {
                throw new ArithmeticException("the matrix is not positive definite: pivot " + k + " is " + pivot);
            }
            double root = Math.sqrt(pivot);
            matrix[k][k] = root;
            for (int i = k + 1; i < n; i++) {
                matrix[i][k] /= root;
                column[i] = matrix[i][k];
            }
            for (int i = k + 1; i < n; i++) {
                subtract(matrix[i], column, column[i], k + 1, i + 1);
            }
        }
        return new Cholesky(matrix);
    }

    private static void subtract(double[] from, double[] values, double factor, int start, int end) {
        for (int j = start; j < end; j++) {
            from[j] -= factor * values[j];
        }
    }

    /// The inverse of the matrix.
    double[][] inverse() {
        int n = factor.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            // row i of the inverse of the factor, gathered from the rows above
            double[] row = inverse[i];
            for (int k = 0; k < i; k++) {
                subtract(row, inverse[k], factor[i][k], 0, k + 1);
            }
            row[i] += 1;
            for (int j = 0; j <= i; j++) {
                row[j] /= factor[i][i];
            }
        }
        double[][] product = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i <= k; i++) {
                subtract(product[i], inverse[k], -inverse[k][i], 0, k + 1);
            }
        }
        return product;
    }
}
