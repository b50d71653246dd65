package org.patchlens.learning;

import java.util.random.RandomGenerator;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.SymmetricEigen;

/// The large eigenvalues of XᵀX and their directions, which make an approximate inverse of the Hessian of a linear
/// model for any strength of its penalty.
///
/// Embeddings have few directions that vary much and many that vary little; once the former are scaled, L-BFGS
/// needs tens of iterations instead of hundreds. Found by subspace iteration (Halko, Martinsson and Tropp 2011,
/// algorithm 4.4) on at most so many rows.
final class Preconditioner {
    private static final int MOST_DIRECTIONS = 64;
    private static final int MOST_ROWS = 6000;
    private static final int PASSES = 2;
    private static final long SEED = 0x70726563L;

    /// `float[q][D]`, orthonormal rows.
    private final FloatMatrix directions;

    private final double[] eigenvalues;
    private final double remaining;

    private Preconditioner(FloatMatrix directions, double[] eigenvalues, double remaining) {
        this.directions = directions;
        this.eigenvalues = eigenvalues;
        this.remaining = remaining;
    }

    /// Finds the directions.
    ///
    /// @param rows X, `float[n][D]`, with columns of mean 0
    static Preconditioner of(FloatMatrix rows) {
        FloatMatrix sample = sample(rows);
        int dimensions = rows.columns();
        int count = Math.min(MOST_DIRECTIONS, Math.min(dimensions, sample.rows()));
        FloatMatrix basis = random(count, dimensions);
        FloatMatrix scores = FloatMatrix.zeros(count, sample.rows());
        for (int pass = 0; pass < PASSES; pass++) {
            orthonormalize(basis);
            MatrixProduct.multiply(Panel.of(basis), Panel.of(sample).transpose(), Panel.of(scores));
            MatrixProduct.multiply(Panel.of(scores), Panel.of(sample), Panel.of(basis));
        }
        orthonormalize(basis);
        MatrixProduct.multiply(Panel.of(basis), Panel.of(sample).transpose(), Panel.of(scores));
        return rotated(basis, scores, (double) rows.rows() / sample.rows(), total(sample));
    }

    /// The rows themselves, or every k-th.
    private static FloatMatrix sample(FloatMatrix rows) {
        if (rows.rows() <= MOST_ROWS) {
            return rows;
        }
        int step = Math.ceilDiv(rows.rows(), MOST_ROWS);
        FloatMatrix some = FloatMatrix.zeros(rows.rows() / step, rows.columns());
        for (int i = 0; i < some.rows(); i++) {
            some.row(i).copyFrom(rows.row(i * step));
        }
        return some;
    }

    private static FloatMatrix random(int rows, int columns) {
        RandomGenerator random = new Seed(SEED).generator();
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    private static double total(FloatMatrix sample) {
        double sum = 0;
        for (int row = 0; row < sample.rows(); row++) {
            float[] values = sample.rowToArray(row);
            double ofRow = 0;
            for (float value : values) {
                ofRow += (double) value * value;
            }
            sum += ofRow;
        }
        return sum;
    }

    /// Gram and Schmidt, twice for each row; a row that vanishes becomes zero.
    private static void orthonormalize(FloatMatrix basis) {
        double[][] rows = new double[basis.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = toDouble(basis.rowToArray(i));
            double before = norm(rows[i]);
            for (int twice = 0; twice < 2; twice++) {
                for (int j = 0; j < i; j++) {
                    addScaled(rows[i], rows[j], -dot(rows[i], rows[j]));
                }
            }
            double after = norm(rows[i]);
            scale(rows[i], after > 1e-6 * before && after > 0 ? 1 / after : 0);
            for (int k = 0; k < basis.columns(); k++) {
                basis.set(i, k, (float) rows[i][k]);
            }
        }
    }

    /// Turns the basis into eigenvectors (Rayleigh and Ritz).
    private static Preconditioner rotated(FloatMatrix basis, FloatMatrix scores, double weight, double total) {
        int count = basis.rows();
        FloatMatrix products = FloatMatrix.zeros(count, count);
        MatrixProduct.multiply(Panel.of(scores), Panel.of(scores).transpose(), Panel.of(products));
        double[][] symmetric = new double[count][count];
        double found = 0;
        for (int i = 0; i < count; i++) {
            found += products.get(i, i);
            for (int j = 0; j < count; j++) {
                symmetric[i][j] = (products.get(i, j) + products.get(j, i)) / 2.0;
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(symmetric);
        FloatMatrix rotation = FloatMatrix.zeros(count, count);
        double[] eigenvalues = new double[count];
        for (int i = 0; i < count; i++) {
            eigenvalues[i] = Math.max(0, eigen.value(i)) * weight;
            double[] vector = eigen.vector(i);
            for (int j = 0; j < count; j++) {
                rotation.set(i, j, (float) vector[j]);
            }
        }
        FloatMatrix directions = FloatMatrix.zeros(count, basis.columns());
        MatrixProduct.multiply(Panel.of(rotation), Panel.of(basis), Panel.of(directions));
        int others = basis.columns() - count;
        double remaining = others > 0 ? Math.max(0, total - found) * weight / others : 0;
        return new Preconditioner(directions, eigenvalues, remaining);
    }

    /// Multiplies by the inverse of `curvature` XᵀX + `penalty`, approximately and in place.
    ///
    /// @param vectors `double[k][D]`
    void apply(double[][] vectors, double curvature, double penalty) {
        for (double[] vector : vectors) {
            double largest = 0;
            for (double value : vector) {
                largest = Math.max(largest, Math.abs(value));
            }
            if (largest > 0) {
                correct(vector, largest, curvature, penalty);
            }
        }
    }

    private void correct(double[] vector, double unit, double curvature, double penalty) {
        double rest = 1 / (curvature * remaining + penalty);
        int count = directions.rows();
        float[] input = new float[vector.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) (vector[i] / unit);
        }
        float[] scores = new float[count];
        MatrixProduct.multiply(
                Panel.of(input, 1, input.length), Panel.of(directions).transpose(), Panel.of(scores, 1, count));
        for (int i = 0; i < count; i++) {
            double own = 1 / (curvature * eigenvalues[i] + penalty);
            scores[i] = (float) (scores[i] * (own - rest) / rest);
        }
        MatrixProduct.multiply(Panel.of(scores, 1, count), Panel.of(directions), Panel.of(input, 1, input.length));
        for (int i = 0; i < vector.length; i++) {
            vector[i] = rest * (vector[i] + unit * input[i]);
        }
    }

    private static double[] toDouble(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    static void addScaled(double[] to, double[] values, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static double norm(double[] values) {
        return Math.sqrt(dot(values, values));
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
