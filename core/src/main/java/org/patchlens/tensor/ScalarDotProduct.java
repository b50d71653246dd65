package org.patchlens.tensor;

import static org.patchlens.tensor.FloatMatrix.FLOAT;

import java.lang.foreign.MemorySegment;

/// The definition itself, one number at a time.
record ScalarDotProduct() implements DotProduct {
    @Override
    public float of(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int length) {
        float[] lanes = new float[Kernels.LANES];
        add(lanes, a, aOffset, b, bOffset, 0, length);
        return DotProduct.sum(lanes);
    }

    /// Adds the products `from` (inclusive) to `to` (exclusive) to their lanes.
    static void add(float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int from, int to) {
        for (int i = from; i < to; i++) {
            long at = (long) i * Float.BYTES;
            int lane = i % Kernels.LANES;
            lanes[lane] = Math.fma(a.get(FLOAT, aOffset + at), b.get(FLOAT, bOffset + at), lanes[lane]);
        }
    }
}
