package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @Test
    void theEigenvaluesOfASmallMatrixAreKnown() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
        assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-15));
        assertThat(eigen.vector(0)).containsExactly(new double[] {Math.sqrt(0.5), Math.sqrt(0.5)}, within(1e-15));
    }

    @Test
    void aDiagonalMatrixIsItsOwnDecomposition() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{1, 0, 0}, {0, 5, 0}, {0, 0, 5}});
        assertThat(eigen.values()).containsExactly(5, 5, 1);
        assertThat(eigen.vector(2)).containsExactly(1, 0, 0);
    }

    @Test
    void aMatrixOfZerosHasTheEigenvalueZero() {
        assertThat(SymmetricEigen.of(new double[4][4]).values()).containsOnly(0);
    }

    /// Householder and QL steps are backward stable: A v - lambda v and V V^T - I are below a few n times the
    /// machine precision times the norm, which is below 4 sqrt(n) + 4 here.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 67, 150})
    void aTimesAVectorIsItsValueTimesTheVector(int n) {
        double[][] a = randomSymmetric(n);
        SymmetricEigen eigen = SymmetricEigen.of(a);
        double tolerance = 4 * n * 0x1p-53 * (4 * Math.sqrt(n) + 4);
        for (int i = 0; i < n; i++) {
            double[] v = eigen.vector(i);
            for (int row = 0; row < n; row++) {
                assertThat(dot(a[row], v)).isEqualTo(eigen.value(i) * v[row], within(tolerance));
            }
            for (int j = 0; j <= i; j++) {
                assertThat(dot(v, eigen.vector(j))).isEqualTo(i == j ? 1 : 0, within(tolerance));
            }
            assertThat(i == 0 || eigen.value(i) <= eigen.value(i - 1)).isTrue();
        }
    }

    private static double[][] randomSymmetric(int n) {
        FloatMatrix random = RandomMatrix.normal(n, n, n);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = random.get(i, j) + random.get(j, i);
            }
        }
        return a;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
