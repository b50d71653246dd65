package org.patchlens.tensor;

/// A symmetric matrix A as B^T T B, where T is tridiagonal and the rows of B are orthonormal.
///
/// @param diagonal of T, `double[n]`
/// @param offDiagonal of T, `double[n]`; the last element is 0
/// @param basis B, `double[n][n]`
@SuppressWarnings("ArrayRecordComponent") // lives for one decomposition and is never compared
record Tridiagonal(double[] diagonal, double[] offDiagonal, double[][] basis) {

    /// Householder's reduction, one column after the other.
    static Tridiagonal of(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
        }
        double[] offDiagonal = new double[n];
        double[][] reflectors = new double[n][];
        for (int k = 0; k + 1 < n; k++) {
            double[] reflector = reflector(a[k], k + 1);
            reflectors[k] = reflector;
            offDiagonal[k] = reflected(a[k], reflector, k + 1);
            reflectBothSides(a, reflector, k + 1);
        }
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = a[i][i];
        }
        return new Tridiagonal(diagonal, offDiagonal, basis(reflectors));
    }

    /// The v of the reflection I - v v^T that leaves only element `from` of what follows in `column`; its squared
    /// length is 2, or 0 where there is nothing to do.
    private static double[] reflector(double[] column, int from) {
        int n = column.length;
        double[] v = new double[n];
        double scale = 0;
        for (int i = from; i < n; i++) {
            scale = Math.max(scale, Math.abs(column[i]));
        }
        if (scale == 0) {
            return v;
        }
        double square = 0;
        for (int i = from; i < n; i++) {
            v[i] = column[i] / scale;
            square += v[i] * v[i];
        }
        v[from] += Math.copySign(Math.sqrt(square), v[from]);
        double length = Math.sqrt(Math.sqrt(square) * Math.abs(v[from]));
        for (int i = from; i < n; i++) {
            v[i] /= length;
        }
        return v;
    }

    /// Element `from` of `column` after the reflection.
    private static double reflected(double[] column, double[] v, int from) {
        double dot = 0;
        for (int i = from; i < column.length; i++) {
            dot += v[i] * column[i];
        }
        return column[from] - v[from] * dot;
    }

    /// a = (I - v v^T) a (I - v v^T) in the rows and columns from `from` on: with p = a v and w = p - v (v.p) / 2,
    /// that is a - v w^T - w v^T.
    private static void reflectBothSides(double[][] a, double[] v, int from) {
        int n = v.length;
        double[] w = new double[n];
        for (int i = from; i < n; i++) {
            addScaled(w, a[i], v[i], from);
        }
        double dot = 0;
        for (int i = from; i < n; i++) {
            dot += v[i] * w[i];
        }
        addScaled(w, v, -dot / 2, from);
        for (int i = from; i < n; i++) {
            addScaled(a[i], w, -v[i], from);
            addScaled(a[i], v, -w[i], from);
        }
    }

    /// The product of all reflections, the last one applied first to the identity; transposed.
    private static double[][] basis(double[][] reflectors) {
        int n = reflectors.length;
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            q[i][i] = 1;
        }
        for (int k = n - 2; k >= 0; k--) {
            double[] v = reflectors[k];
            double[] dot = new double[n];
            for (int i = k + 1; i < n; i++) {
                addScaled(dot, q[i], v[i], k + 1);
            }
            for (int i = k + 1; i < n; i++) {
                addScaled(q[i], dot, -v[i], k + 1);
            }
        }
        return transposed(q);
    }

    private static double[][] transposed(double[][] q) {
        double[][] rows = new double[q.length][q.length];
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < q.length; j++) {
                rows[j][i] = q[i][j];
            }
        }
        return rows;
    }

    /// target += factor x source, from an index on; contiguous, so that the compiler makes vectors of it.
    private static void addScaled(double[] target, double[] source, double factor, int from) {
        for (int i = from; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }
}
