package org.patchlens.learning;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;

/// Least squares with a squared penalty: one factorization, then any number of targets.
///
/// Minimizes ‖y - Xw - b‖² + penalty ‖w‖², the objective of scikit-learn's `Ridge`. The smaller of XᵀX and XXᵀ is
/// inverted in double precision.
public final class RidgeRegression {
    private static final int ROWS_PER_PRODUCT = 1024;

    private final FloatMatrix rows;
    private final FloatMatrix inverse;
    private final boolean dual;

    private RidgeRegression(FloatMatrix rows, FloatMatrix inverse, boolean dual) {
        this.rows = rows;
        this.inverse = inverse;
        this.dual = dual;
    }

    /// Factors.
    ///
    /// @param rows X, `float[n][D]`, with columns of mean 0
    /// @param penalty above 0
    public static RidgeRegression of(FloatMatrix rows, double penalty) {
        boolean dual = rows.rows() < rows.columns();
        double[][] gram = dual ? outerProducts(rows) : innerProducts(rows);
        for (int i = 0; i < gram.length; i++) {
            gram[i][i] += penalty;
        }
        return new RidgeRegression(rows, narrow(Cholesky.of(gram).inverse()), dual);
    }

    /// The penalty at which the directions of average variance are halved: the mean of the eigenvalues of XᵀX that
    /// are not zero. It does not depend on targets, so that permuted ones need no other.
    public static double averageEigenvalue(FloatMatrix rows) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            for (float value : rows.rowToArray(row)) {
                sum += (double) value * value;
            }
        }
        return Math.max(Float.MIN_NORMAL, sum / Math.min(rows.rows(), rows.columns()));
    }

    private static double[][] outerProducts(FloatMatrix rows) {
        FloatMatrix products = FloatMatrix.zeros(rows.rows(), rows.rows());
        MatrixProduct.multiply(Panel.of(rows), Panel.of(rows).transpose(), Panel.of(products));
        return wide(products);
    }

    private static double[][] innerProducts(FloatMatrix rows) {
        int dimensions = rows.columns();
        double[][] sums = new double[dimensions][dimensions];
        FloatMatrix products = FloatMatrix.zeros(dimensions, dimensions);
        for (int from = 0; from < rows.rows(); from += ROWS_PER_PRODUCT) {
            Panel block = Panel.of(rows).rows(from, Math.min(rows.rows(), from + ROWS_PER_PRODUCT));
            MatrixProduct.multiply(block.transpose(), block, Panel.of(products));
            for (int i = 0; i < dimensions; i++) {
                float[] product = products.rowToArray(i);
                for (int j = 0; j < dimensions; j++) {
                    sums[i][j] += product[j];
                }
            }
        }
        return sums;
    }

    private static double[][] wide(FloatMatrix matrix) {
        double[][] wide = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                wide[i][j] = matrix.get(i, j);
            }
        }
        return wide;
    }

    private static FloatMatrix narrow(double[][] matrix) {
        FloatMatrix narrow = FloatMatrix.zeros(matrix.length, matrix.length);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                narrow.set(i, j, (float) matrix[i][j]);
            }
        }
        return narrow;
    }

    /// The models of many targets at once.
    ///
    /// @param targets `float[n][outputs]`
    public LinearModel fit(FloatMatrix targets) {
        int outputs = targets.columns();
        FloatMatrix intercepts = FloatMatrix.zeros(1, outputs);
        FloatMatrix centered = FloatMatrix.zeros(targets.rows(), outputs);
        for (int k = 0; k < outputs; k++) {
            double sum = 0;
            for (int row = 0; row < targets.rows(); row++) {
                sum += targets.get(row, k);
            }
            float mean = (float) (sum / targets.rows());
            intercepts.set(0, k, mean);
            for (int row = 0; row < targets.rows(); row++) {
                centered.set(row, k, targets.get(row, k) - mean);
            }
        }
        FloatMatrix weights = FloatMatrix.zeros(outputs, rows.columns());
        if (dual) {
            FloatMatrix solved = FloatMatrix.zeros(outputs, rows.rows());
            MatrixProduct.multiply(Panel.of(centered).transpose(), Panel.of(inverse), Panel.of(solved));
            MatrixProduct.multiply(Panel.of(solved), Panel.of(rows), Panel.of(weights));
        } else {
            FloatMatrix moments = FloatMatrix.zeros(outputs, rows.columns());
            MatrixProduct.multiply(Panel.of(centered).transpose(), Panel.of(rows), Panel.of(moments));
            MatrixProduct.multiply(Panel.of(moments), Panel.of(inverse), Panel.of(weights));
        }
        return new LinearModel(weights, intercepts);
    }
}
