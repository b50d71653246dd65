package org.patchlens.tensor;

import java.util.random.RandomGenerator;

/// Matrices of random numbers for tests.
public final class RandomMatrix {
    private RandomMatrix() {}

    /// Normal numbers with mean 0 and variance 1.
    public static FloatMatrix normal(int rows, int columns, long seed) {
        RandomGenerator random = new java.util.SplittableRandom(seed);
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, (float) random.nextGaussian());
            }
        }
        return matrix;
    }
}
