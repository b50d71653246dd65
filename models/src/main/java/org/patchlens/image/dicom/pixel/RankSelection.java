package org.patchlens.image.dicom.pixel;

import java.util.Arrays;

/// The k-th smallest of many floats in two passes of counting, without a copy: linear, exact, the same on every
/// run.
final class RankSelection {
    private static final int HALF = 1 << 16;

    private RankSelection() {}

    /// @param values finite
    /// @param rank 0 for the smallest
    static float select(float[] values, long rank) {
        long[] counts = new long[HALF];
        for (float value : values) {
            counts[key(value) >>> 16]++;
        }
        long left = rank;
        int high = 0;
        while (left >= counts[high]) {
            left -= counts[high++];
        }
        Arrays.fill(counts, 0);
        for (float value : values) {
            int key = key(value);
            if (key >>> 16 == high) {
                counts[key & 0xFFFF]++;
            }
        }
        int low = 0;
        while (left >= counts[low]) {
            left -= counts[low++];
        }
        return value(high << 16 | low);
    }

    /// A number whose unsigned order is the order of the floats.
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    }

    private static float value(int key) {
        return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
    }
}
