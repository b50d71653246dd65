package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Between 32-bit floats in memory and 16-bit floats (IEEE 754 binary16, little-endian) in files.
///
/// Both directions copy blocks through small arrays that stay in the first-level cache: the compiler turns loops
/// over arrays into vector conversions (F16C and its kin), which it does not do for loops over segments.
public final class HalfPrecision {
    /// The largest finite number.
    public static final float MAX_VALUE = 65_504f;

    /// The layout of a 16-bit number.
    static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 2048;
    private static final int ABSOLUTE = 0x7fff_ffff;
    /// The bits of 65,520: from here on, rounding to the nearest gives infinity. NaN has larger bits still.
    private static final int FIRST_TOO_LARGE = Float.floatToRawIntBits(65_520f);

    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private HalfPrecision() {}

    /// Rounds to the nearest 16-bit float, ties to even.
    ///
    /// @param from any number of floats
    /// @param to as many 16-bit floats, contiguous
    /// @return whether every number stayed finite: false if one was NaN or from 65,520 on; `to` then holds NaN or
    ///     infinity there
    public static boolean narrow(FloatMatrix from, MemorySegment to) {
        checkSizes(from, to);
        float[] wide = new float[BLOCK];
        int[] bits = new int[BLOCK];
        short[] narrow = new short[BLOCK];
        MemorySegment source = from.segment();
        int largest = 0;
        for (long start = 0; start < from.size(); start += BLOCK) {
            int count = (int) Math.min(BLOCK, from.size() - start);
            MemorySegment.copy(source, FloatMatrix.FLOAT, start * Float.BYTES, wide, 0, count);
            MemorySegment.copy(source, ValueLayout.JAVA_INT_UNALIGNED, start * Float.BYTES, bits, 0, count);
            largest = Math.max(largest, largestMagnitude(bits, count));
            narrow(wide, narrow, count);
            MemorySegment.copy(narrow, 0, to, HALF, start * Short.BYTES, count);
        }
        return largest < FIRST_TOO_LARGE;
    }

    /// Whether no number is NaN or infinite.
    public static boolean isFinite(FloatMatrix matrix) {
        int[] bits = new int[BLOCK];
        int largest = 0;
        for (long start = 0; start < matrix.size(); start += BLOCK) {
            int count = (int) Math.min(BLOCK, matrix.size() - start);
            MemorySegment.copy(matrix.segment(), ValueLayout.JAVA_INT_UNALIGNED, start * Float.BYTES, bits, 0, count);
            largest = Math.max(largest, largestMagnitude(bits, count));
        }
        return largest < INFINITY;
    }

    /// Widens exactly.
    ///
    /// @param from 16-bit floats, contiguous
    /// @param to as many floats
    public static void widen(MemorySegment from, FloatMatrix to) {
        checkSizes(to, from);
        int block = (int) Math.min(BLOCK, to.size());
        float[] wide = new float[block];
        short[] narrow = new short[block];
        for (long start = 0; start < to.size(); start += BLOCK) {
            int count = (int) Math.min(BLOCK, to.size() - start);
            MemorySegment.copy(from, HALF, start * Short.BYTES, narrow, 0, count);
            widen(narrow, wide, count);
            MemorySegment.copy(wide, 0, to.segment(), FloatMatrix.FLOAT, start * Float.BYTES, count);
        }
    }

    private static void checkSizes(FloatMatrix wide, MemorySegment narrow) {
        if (narrow.byteSize() != wide.size() * Short.BYTES) {
            throw new IllegalArgumentException(
                    narrow.byteSize() + " bytes for " + wide.size() + " numbers of " + Short.BYTES + " bytes");
        }
    }

    /// Bits without sign order like the magnitudes they stand for, infinity and NaN above all numbers.
    private static int largestMagnitude(int[] bits, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, bits[i] & ABSOLUTE);
        }
        return largest;
    }

    private static void narrow(float[] wide, short[] narrow, int count) {
        for (int i = 0; i < count; i++) {
            narrow[i] = Float.floatToFloat16(wide[i]);
        }
    }

    private static void widen(short[] narrow, float[] wide, int count) {
        for (int i = 0; i < count; i++) {
            wide[i] = Float.float16ToFloat(narrow[i]);
        }
    }
}
