package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// Sums over rows of matrices, in an order that is the same on every machine.
///
/// A dot product of n numbers is defined so: element i is added to lane i mod [#LANES] by a fused multiply-add, in
/// ascending order of i, each lane starting from 0; then lane j takes lane j + 8, then j + 4, j + 2, j + 1. The
/// vector and the scalar twin both follow it, so that they give the same bits, whatever the width of the
/// processor's vectors. The error is that of 16 short sums: below (n / 16 + 5) x 2^-24 of the sum of the absolute
/// products.
///
/// The vector twin needs the module `jdk.incubator.vector`; without it the scalar twin works, and the log says so
/// once.
public final class Kernels {
    /// How many sums run side by side: one vector of 512 bits, two of 256, four of 128.
    static final int LANES = 16;

    /// Below this a sum of squares has lost bits to underflow; the smallest normal float is 1.2e-38.
    private static final float SMALLEST_EXACT_SQUARE = 1e-30f;

    /// The form that this Java runtime offers, chosen once.
    static final DotProduct DOT = DotProduct.chosen();

    private Kernels() {}

    /// The dot product of row `rowOfA` of `a` and row `rowOfB` of `b`, which have the same length.
    public static float dot(FloatMatrix a, int rowOfA, FloatMatrix b, int rowOfB) {
        if (a.columns() != b.columns()) {
            throw new IllegalArgumentException(
                    "a row of " + a.columns() + " numbers times one of " + b.columns() + " numbers");
        }
        return DOT.of(a.segment(), start(a, rowOfA), b.segment(), start(b, rowOfB), a.columns());
    }

    /// The sum of the squares of a row: its dot product with itself.
    public static float squaredNorm(FloatMatrix matrix, int row) {
        return dot(matrix, row, matrix, row);
    }

    /// The Euclidean norm of a row; right for any finite numbers, also where their squares leave the range of a
    /// float.
    ///
    /// NaN or infinite if the row holds a NaN or an infinity.
    public static float norm(FloatMatrix matrix, int row) {
        return norm(DOT, matrix.segment(), start(matrix, row), matrix.columns());
    }

    /// The Euclidean norm of every row, `float[rows]`.
    public static float[] rowNorms(FloatMatrix matrix) {
        float[] norms = new float[matrix.rows()];
        for (int row = 0; row < norms.length; row++) {
            norms[row] = norm(matrix, row);
        }
        return norms;
    }

    static float norm(DotProduct dot, MemorySegment segment, long offset, int length) {
        float square = dot.of(segment, offset, segment, offset, length);
        if (square >= SMALLEST_EXACT_SQUARE && square < Float.POSITIVE_INFINITY) {
            return (float) Math.sqrt(square);
        }
        return (float) Math.sqrt(squareInDoublePrecision(segment, offset, length));
    }

    /// A float's square is exact in a double and far from its limits.
    private static double squareInDoublePrecision(MemorySegment segment, long offset, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double value = segment.get(FloatMatrix.FLOAT, offset + (long) i * Float.BYTES);
            sum += value * value;
        }
        return sum;
    }

    private static long start(FloatMatrix matrix, int row) {
        Objects.checkIndex(row, matrix.rows());
        return (long) row * matrix.columns() * Float.BYTES;
    }
}
