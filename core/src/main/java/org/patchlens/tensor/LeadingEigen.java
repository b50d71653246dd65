package org.patchlens.tensor;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The largest eigenvalues of a real symmetric matrix and their eigenvectors, when only a few are wanted.
///
/// Subspace iteration that keeps every step (Golub and Underwood 1977, "The block Lanczos method for computing
/// eigenvalues"; Musco and Musco 2015, "Randomized block Krylov methods for stronger and faster approximate
/// singular value decomposition"), until the residual of each is small; where the spectrum is too flat for that,
/// and for small matrices, [SymmetricEigen] finds all of them.
///
/// @param values largest first
/// @param vectors `double[count][n]`, of length 1; the first component of the largest absolute value is positive
@SuppressWarnings("ArrayRecordComponent") // never compared
record LeadingEigen(double[] values, double[][] vectors) {
    /// Length of A v - lambda v beside the largest eigenvalue; the covariance of rows of floats is not as exact.
    private static final double TOLERANCE = 1e-8;

    /// A Krylov basis of more than this share of the dimensions takes as long as all eigenvectors.
    private static final int LEAST_SHARE = 2;

    /// The basis needs some times as many vectors as are wanted.
    private static final int VECTORS_PER_VALUE = 4;

    private static final int CHECKING_BLOCKS = 4;
    private static final long SEED = 1;

    /// @param matrix `double[n][n]`, symmetric and finite; not changed
    /// @param count of the eigenvalues that are wanted, 0 to n
    static LeadingEigen of(double[][] matrix, int count) {
        int n = matrix.length;
        Optional<LeadingEigen> found = VECTORS_PER_VALUE * count + KrylovBasis.BLOCK > n / LEAST_SHARE || count == 0
                ? Optional.empty()
                : iterate(flat(matrix), n, count);
        return found.orElseGet(() -> all(matrix, count));
    }

    private static LeadingEigen all(double[][] matrix, int count) {
        SymmetricEigen eigen = SymmetricEigen.of(matrix);
        double[][] vectors = new double[count][];
        Arrays.setAll(vectors, eigen::vector);
        return new LeadingEigen(Arrays.copyOf(eigen.values(), count), vectors);
    }

    private static double[] flat(double[][] matrix) {
        int n = matrix.length;
        double[] flat = new double[Math.multiplyExact(n, n)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, flat, i * n, n);
        }
        return flat;
    }

    private static Optional<LeadingEigen> iterate(double[] matrix, int n, int count) {
        RandomGenerator random = new Seed(SEED).generator();
        KrylovBasis basis = new KrylovBasis(matrix, n, new double[0], random);
        for (int next = VECTORS_PER_VALUE * count; next <= n / LEAST_SHARE; next += count) {
            while (basis.size() < next) {
                basis.grow();
            }
            SymmetricEigen inside = SymmetricEigen.of(basis.projected());
            if (isSettled(basis, inside, count)) {
                LeadingEigen found = combined(basis, inside, count);
                return found.isComplete(matrix, random) ? Optional.of(found) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isSettled(KrylovBasis basis, SymmetricEigen inside, int count) {
        double enough = TOLERANCE * Math.max(Math.abs(inside.value(0)), Math.abs(inside.value(basis.size() - 1)));
        for (int i = 0; i < count; i++) {
            if (basis.outside(inside.vector(i)) > enough) {
                return false;
            }
        }
        return true;
    }

    private static LeadingEigen combined(KrylovBasis basis, SymmetricEigen inside, int count) {
        double[][] weights = new double[count][];
        Arrays.setAll(weights, inside::vector);
        double[] combined = basis.combined(weights);
        int n = combined.length / count;
        double[][] vectors = new double[count][];
        Arrays.setAll(vectors, i -> SymmetricEigen.withPositivePeak(Arrays.copyOfRange(combined, i * n, (i + 1) * n)));
        return new LeadingEigen(Arrays.copyOf(inside.values(), count), vectors);
    }

    /// Of an eigenvalue that occurs more often than a block has vectors, some may be missing: a search in what is
    /// left finds them.
    private boolean isComplete(double[] matrix, RandomGenerator random) {
        KrylovBasis basis = new KrylovBasis(matrix, vectors[0].length, flatVectors(), random);
        for (int i = 1; i < CHECKING_BLOCKS; i++) {
            basis.grow();
        }
        SymmetricEigen inside = SymmetricEigen.of(basis.projected());
        double enough = TOLERANCE * Math.abs(values[0]);
        for (int i = 0; i < values.length; i++) {
            if (inside.value(i) > values[i] + enough) {
                return false;
            }
        }
        return true;
    }

    private double[] flatVectors() {
        int n = vectors[0].length;
        double[] flat = new double[vectors.length * n];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, flat, i * n, n);
        }
        return flat;
    }
}
