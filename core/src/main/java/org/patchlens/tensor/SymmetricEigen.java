package org.patchlens.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;

/// All eigenvalues and eigenvectors of a real symmetric matrix, largest first.
///
/// Householder reflections to a tridiagonal matrix, then implicit QL steps with Wilkinson's shift (Parlett 1980,
/// "The Symmetric Eigenvalue Problem", chapters 7 and 8): about 5 n^3 operations in double precision, no iteration
/// count that depends on how close eigenvalues are, and the whole spectrum with it. Errors are of the order of the
/// machine precision times the largest eigenvalue.
public final class SymmetricEigen {
    private static final int MOST_STEPS_PER_VALUE = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// Decomposes a matrix.
    ///
    /// @param matrix `double[n][n]`, symmetric and finite; not changed
    public static SymmetricEigen of(double[][] matrix) {
        Tridiagonal reduced = Tridiagonal.of(matrix);
        double[] values = reduced.diagonal();
        double[][] rows = reduced.basis();
        diagonalize(values, reduced.offDiagonal(), rows);
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -values[i]));
        double[] sortedValues = new double[values.length];
        double[][] sortedVectors = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            sortedValues[i] = values[order[i]];
            sortedVectors[i] = withPositivePeak(rows[order[i]]);
        }
        return new SymmetricEigen(sortedValues, sortedVectors);
    }

    /// The eigenvalue of rank `i`, 0 for the largest.
    public double value(int i) {
        return values[i];
    }

    /// The eigenvalues, largest first; a copy.
    public double[] values() {
        return values.clone();
    }

    /// The eigenvector of rank `i`: length 1, and its first component of the largest absolute value is positive. A
    /// copy.
    public double[] vector(int i) {
        return vectors[i].clone();
    }

    /// The matrix with the same eigenvectors and another value for each eigenvalue, such as the inverse square
    /// root; exactly symmetric.
    ///
    /// @return `double[n][n]`
    public double[][] function(DoubleUnaryOperator valueOfEigenvalue) {
        int n = values.length;
        double[][] result = new double[n][n];
        for (int rank = 0; rank < n; rank++) {
            double value = valueOfEigenvalue.applyAsDouble(values[rank]);
            double[] vector = vectors[rank];
            for (int i = 0; i < n; i++) {
                double scaled = value * vector[i];
                for (int j = 0; j <= i; j++) {
                    result[i][j] += scaled * vector[j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                result[j][i] = result[i][j];
            }
        }
        return result;
    }

    static double[] withPositivePeak(double[] vector) {
        int peak = 0;
        for (int i = 1; i < vector.length; i++) {
            if (Math.abs(vector[i]) > Math.abs(vector[peak])) {
                peak = i;
            }
        }
        if (vector.length > 0 && vector[peak] < 0) {
            Arrays.setAll(vector, i -> -vector[i]);
        }
        return vector;
    }

    /// Turns `d` into the eigenvalues and the rows of `basis` into the eigenvectors.
    private static void diagonalize(double[] d, double[] e, double[][] basis) {
        for (int low = 0; low < d.length; low++) {
            int steps = 0;
            for (int high = endOfBlock(d, e, low); high > low; high = endOfBlock(d, e, low)) {
                if (++steps > MOST_STEPS_PER_VALUE) {
                    throw new ArithmeticException("no eigenvalue after " + MOST_STEPS_PER_VALUE + " steps");
                }
                chaseBulge(d, e, basis, low, high);
            }
        }
    }

    /// The last row of the block that starts at `low`: behind it the off-diagonal element is negligible.
    private static int endOfBlock(double[] d, double[] e, int low) {
        int high = low;
        while (high < d.length - 1 && Math.abs(e[high]) > Math.ulp(Math.abs(d[high]) + Math.abs(d[high + 1]))) {
            high++;
        }
        return high;
    }

    /// One implicit QL step: a shift makes a bulge at the end of the block, rotations chase it to its start.
    private static void chaseBulge(double[] d, double[] e, double[][] basis, int low, int high) {
        double half = (d[low + 1] - d[low]) / (2 * e[low]);
        double bulge = d[high] - d[low] + e[low] / (half + Math.copySign(Math.hypot(half, 1), half));
        double sine = 1;
        double cosine = 1;
        double carried = 0;
        for (int i = high - 1; i >= low; i--) {
            double off = sine * e[i];
            double next = cosine * e[i];
            double length = Math.hypot(off, bulge);
            e[i + 1] = length;
            if (length == 0) {
                d[i + 1] -= carried;
                e[high] = 0;
                return;
            }
            sine = off / length;
            cosine = bulge / length;
            double corner = d[i + 1] - carried;
            double turn = (d[i] - corner) * sine + 2 * cosine * next;
            carried = sine * turn;
            d[i + 1] = corner + carried;
            bulge = cosine * turn - next;
            rotate(basis[i], basis[i + 1], cosine, sine);
        }
        d[low] -= carried;
        e[low] = bulge;
        e[high] = 0;
    }

    private static void rotate(double[] first, double[] second, double cosine, double sine) {
        for (int k = 0; k < first.length; k++) {
            double a = first[k];
            double b = second[k];
            first[k] = cosine * a - sine * b;
            second[k] = sine * a + cosine * b;
        }
    }
}
