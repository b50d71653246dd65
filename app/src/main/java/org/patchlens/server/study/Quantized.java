package org.patchlens.server.study;

/// Numbers as one byte each, spread over the range that they have.
///
/// @param low that byte 0 stands for
/// @param high that byte 255 stands for
/// @param bytes one per number; `low + byte / 255 * (high - low)` is off by at most half a step
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
public record Quantized(float low, float high, byte[] bytes) {
    private static final int STEPS = 255;

    /// Over the range of finite numbers.
    public static Quantized of(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!(low <= high)) {
            low = 0;
            high = 0;
        }
        float factor = high > low ? STEPS / (high - low) : 0;
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round((values[i] - low) * factor);
        }
        return new Quantized(low, high, bytes);
    }
}
