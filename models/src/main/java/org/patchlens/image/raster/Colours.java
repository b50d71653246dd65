package org.patchlens.image.raster;

/// Colour conversions in the integer arithmetic of libjpeg and Pillow, on interleaved samples.
final class Colours {
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int CR_TO_RED = fixed(1.402);
    private static final int CB_TO_BLUE = fixed(1.772);
    private static final int CR_TO_GREEN = -fixed(0.71414);
    private static final int CB_TO_GREEN = -fixed(0.34414);

    private Colours() {}

    private static int fixed(double factor) {
        return (int) (factor * (1 << FRACTION_BITS) + 0.5);
    }

    /// From luma and chroma (ITU-R BT.601, full range) to red, green, blue; in place.
    ///
    /// @param pixelLength samples per pixel, 3 or 4; a fourth is left alone
    static void yccToRgb(byte[] samples, int pixelLength) {
        for (int i = 0; i + 2 < samples.length; i += pixelLength) {
            int luma = samples[i] & 0xff;
            int blueness = (samples[i + 1] & 0xff) - 128;
            int redness = (samples[i + 2] & 0xff) - 128;
            samples[i] = clamped(luma + ((CR_TO_RED * redness + HALF) >> FRACTION_BITS));
            samples[i + 1] = clamped(luma + ((CB_TO_GREEN * blueness + CR_TO_GREEN * redness + HALF) >> FRACTION_BITS));
            samples[i + 2] = clamped(luma + ((CB_TO_BLUE * blueness + HALF) >> FRACTION_BITS));
        }
    }

    /// From cyan, magenta, yellow and black, 0 for no ink, to red, green and blue.
    static byte[] cmykToRgb(byte[] cmyk) {
        byte[] rgb = new byte[cmyk.length / 4 * 3];
        for (int from = 0, to = 0; to < rgb.length; from += 4) {
            int light = 255 - (cmyk[from + 3] & 0xff);
            for (int ink = 0; ink < 3; ink++) {
                int product = (cmyk[from + ink] & 0xff) * light + 128;
                rgb[to++] = clamped(light - (((product >> 8) + product) >> 8));
            }
        }
        return rgb;
    }

    /// As [#cmykToRgb(byte[])], for 16-bit samples.
    static short[] cmykToRgb(short[] cmyk) {
        short[] rgb = new short[cmyk.length / 4 * 3];
        for (int from = 0, to = 0; to < rgb.length; from += 4) {
            long light = 65535L - (cmyk[from + 3] & 0xffff);
            for (int ink = 0; ink < 3; ink++) {
                rgb[to++] = (short) (light - ((cmyk[from + ink] & 0xffff) * light + 32767) / 65535);
            }
        }
        return rgb;
    }

    private static byte clamped(int value) {
        return (byte) Math.min(255, Math.max(0, value));
    }
}
