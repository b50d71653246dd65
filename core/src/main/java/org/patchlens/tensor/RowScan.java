package org.patchlens.tensor;

/// The dot products of one vector with many rows, all forms with the same bits.
sealed interface RowScan permits PlainRowScan, RowScanOf8, RowScanOf16 {
    /// How many 16-bit numbers are copied to the heap at a time: enough to make the copy worth its call, few
    /// enough to stay in the first-level cache while the memory fetches the next.
    int BLOCK = 3072;

    /// The rows that are multiplied side by side.
    int ABREAST = 4;

    /// A power of two by which 16-bit numbers are too small after their bits have been moved to the places of a
    /// 32-bit number: 127 - 15, the difference of the exponents' origins.
    float SHIFTED = 0x1p112f;

    /// See [StoredRows#products].
    void products(StoredRows rows, float[] vector, float[] out, int at);

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

    /// Rows of 16-bit numbers that are copied at a time, a multiple of [#ABREAST].
    static int rowsPerBlock(int columns) {
        return Math.max(1, BLOCK / columns / ABREAST) * ABREAST;
    }

    /// The vector times [#SHIFTED]; exact below 32,768.
    static float[] shifted(float[] vector) {
        float[] shifted = new float[vector.length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = vector[i] * SHIFTED;
            if (!(Math.abs(vector[i]) < Short.MAX_VALUE + 1)) {
                throw new IllegalArgumentException("a vector with the number " + vector[i]);
            }
        }
        return shifted;
    }

    /// The sum of the lanes that start at a place; the first of them, where they have been added already.
    static float kept(float[] lanes, int at, boolean added) {
        return added ? lanes[at] : sum(lanes, at);
    }

    /// Adds the 16 lanes that start at a place, in the order that [Kernels] defines, without overwriting them.
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
