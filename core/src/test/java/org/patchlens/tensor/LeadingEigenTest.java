package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LeadingEigenTest {
    private static final int N = 240;

    /// The slow twin finds all eigenvalues to the machine precision. Vectors are as exact as the residual, 1e-8
    /// of the largest eigenvalue, over the gaps, which are 2e-3 of it at the twelfth value here.
    @Test
    void theLargestOfASteepSpectrumAreThoseOfTheSlowTwin() {
        double[][] matrix = withSpectrum(i -> Math.pow(i + 1, -1.2));
        LeadingEigen fast = LeadingEigen.of(matrix, 12);
        SymmetricEigen slow = SymmetricEigen.of(matrix);
        for (int i = 0; i < 12; i++) {
            assertThat(fast.values()[i]).isEqualTo(slow.value(i), within(1e-12));
            double[] vector = slow.vector(i);
            for (int j = 0; j < N; j++) {
                assertThat(fast.vectors()[i][j]).isEqualTo(vector[j], within(1e-5));
            }
        }
    }

    /// An eigenvalue that occurs more often than a block of the basis has vectors.
    @Test
    void everyOneOfManyEqualEigenvaluesIsFound() {
        LeadingEigen found = LeadingEigen.of(withSpectrum(i -> i < 60 ? 9 : 1 + i % 5), 24);
        assertThat(found.values()).usingComparatorWithPrecision(1e-9).containsOnly(9.0);
    }

    @Test
    void aFlatSpectrumIsLeftToTheSlowTwin() {
        double[][] matrix = withSpectrum(i -> 2 - i / (double) N);
        LeadingEigen found = LeadingEigen.of(matrix, 20);
        assertThat(found.values())
                .isEqualTo(Arrays.copyOf(SymmetricEigen.of(matrix).values(), 20));
    }

    /// What has no variance left is filled up with any directions at right angles.
    @Test
    void fewerDirectionsThanAreWanted() {
        LeadingEigen found = LeadingEigen.of(withSpectrum(i -> i < 3 ? 3 - i : 0), 10);
        assertThat(found.values())
                .usingComparatorWithPrecision(1e-12)
                .startsWith(3, 2, 1, 0)
                .endsWith(0);
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                assertThat(dot(found.vectors()[i], found.vectors()[j])).isEqualTo(i == j ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void allOfASmallMatrix() {
        assertThat(LeadingEigen.of(new double[][] {{2, 1}, {1, 2}}, 2).values())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(3, 1);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// Rotated by the eigenvectors of a random matrix.
    private static double[][] withSpectrum(IntToDoubleFunction values) {
        FloatMatrix random = RandomMatrix.normal(N, N, 3);
        double[][] symmetric = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                symmetric[i][j] = random.get(i, j) + random.get(j, i);
            }
        }
        SymmetricEigen rotation = SymmetricEigen.of(symmetric);
        double[][] matrix = new double[N][N];
        for (int k = 0; k < N; k++) {
            double[] vector = rotation.vector(k);
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    matrix[i][j] += values.applyAsDouble(k) * vector[i] * vector[j];
                }
            }
        }
        return matrix;
    }
}
