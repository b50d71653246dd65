package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;

/// The dot products of one vector with many rows, all forms with the same bits.
///
/// For rows of 32 bits they are those of [Kernels]. For rows of 16 bits, element i is added to lane i mod 32 by a
/// fused multiply-add, in ascending order of i; then lane 2 j takes lane 2 j + 1, which leaves 16 lanes, and these
/// are added as in [Kernels].
sealed interface RowScan permits PlainRowScan, RowScanOf8, RowScanOf16 {
    /// The lanes of a row of 16 bits: first the sums of the even elements, then those of the odd ones.
    int LANES = 2 * Kernels.LANES;

    /// See [StoredRows#products].
    void products(StoredRows rows, ScanVector vector, float[] out, int at);

    /// See [StoredRows#picked].
    void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out);

    /// The fastest form that this Java runtime offers.
    static RowScan chosen() {
        return switch (Kernels.DOT) {
            case VectorDotProduct vectors when vectors.width() == 16 -> new RowScanOf16();
            case VectorDotProduct vectors when vectors.width() == 8 -> new RowScanOf8();
            case VectorDotProduct vectors -> new PlainRowScan(vectors);
            case ScalarDotProduct scalar -> new PlainRowScan(scalar);
        };
    }

    /// Adds the products of the elements of a row of 16 bits from one on to its lanes.
    ///
    /// @param start of the row in bytes
    /// @param lanesAt where its 32 lanes start
    static void add(MemorySegment memory, long start, int from, float[] vector, float[] lanes, int lanesAt) {
        for (int i = from; i < vector.length; i++) {
            float value = Float.float16ToFloat(memory.get(HalfPrecision.HALF, start + (long) i * Short.BYTES));
            int lane = lanesAt + i % 2 * Kernels.LANES + i % LANES / 2;
            lanes[lane] = Math.fma(value, vector[i], lanes[lane]);
        }
    }

    /// The sum of the 32 lanes that start at a place.
    static float sumOfAll(float[] lanes, int at) {
        for (int j = at; j < at + Kernels.LANES; j++) {
            lanes[j] += lanes[j + Kernels.LANES];
        }
        return sum(lanes, at);
    }

    /// Adds the 16 lanes that start at a place, in the order that [Kernels] defines.
    static float sum(float[] lanes, int at) {
        float first = lanes[at] + lanes[at + 8];
        float second = lanes[at + 1] + lanes[at + 9];
        float third = lanes[at + 2] + lanes[at + 10];
        float fourth = lanes[at + 3] + lanes[at + 11];
        first += lanes[at + 4] + lanes[at + 12];
        second += lanes[at + 5] + lanes[at + 13];
        third += lanes[at + 6] + lanes[at + 14];
        fourth += lanes[at + 7] + lanes[at + 15];
        return (first + third) + (second + fourth);
    }
}
