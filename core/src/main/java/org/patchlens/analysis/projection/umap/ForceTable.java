package org.patchlens.analysis.projection.umap;

import java.util.function.DoubleUnaryOperator;

/// A function of a squared distance, looked up: its powers would take most of the time.
///
/// 256 steps per octave from 2^-30 to 2^30; a force is right to half a step, 0.4 % of it where it falls with the
/// square of the square, and the rounding is the same in all directions. Squares beyond count as the ends.
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record ForceTable(float[] values) {
    private static final int STEP_BITS = 8;
    private static final int SHIFT = 23 - STEP_BITS;
    private static final float SMALLEST = 0x1p-30f;
    private static final int FIRST = Float.floatToRawIntBits(SMALLEST) >> SHIFT;
    private static final int LAST = Float.floatToRawIntBits(0x1p30f) >> SHIFT;

    static ForceTable of(DoubleUnaryOperator function) {
        float[] values = new float[LAST - FIRST + 1];
        for (int i = 0; i < values.length; i++) {
            float middle = Float.intBitsToFloat(((FIRST + i) << SHIFT) + (1 << (SHIFT - 1)));
            values[i] = (float) function.applyAsDouble(middle);
        }
        return new ForceTable(values);
    }

    /// @param square not negative
    float at(float square) {
        // the bits of numbers that are not negative sort as these do
        int place = (Float.floatToRawIntBits(square + SMALLEST) >> SHIFT) - FIRST;
        return values[Math.min(place, values.length - 1)];
    }
}
