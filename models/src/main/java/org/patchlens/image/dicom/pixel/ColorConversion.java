package org.patchlens.image.dicom.pixel;

/// From luminance and colour differences to red, green, blue (ITU-R BT.601; PS3.3 C.7.6.3.1.2), rounded half up
/// and clamped to the stored bits.
final class ColorConversion {
    private static final double RED_SHARE = 0.299;
    private static final double GREEN_SHARE = 0.587;
    private static final double BLUE_SHARE = 0.114;

    private ColorConversion() {}

    /// Converts in place.
    ///
    /// @param values Y, Cb, Cr of every pixel
    /// @param bits per sample
    static void toRgb(int[] values, Photometric photometric, int bits) {
        boolean partial = photometric == Photometric.YBR_PARTIAL_422 || photometric == Photometric.YBR_PARTIAL_420;
        int largest = (1 << Math.min(bits, 30)) - 1;
        double half = (largest + 1) / 2.0;
        // Partial range: Y from 16 to 235 and differences from 16 to 240, of 256.
        double lumaScale = partial ? 255.0 / 219.0 : 1;
        double chromaScale = partial ? 255.0 / 224.0 : 1;
        double black = partial ? (largest + 1) / 16.0 : 0;
        double redFromCr = 2 * (1 - RED_SHARE) * chromaScale;
        double blueFromCb = 2 * (1 - BLUE_SHARE) * chromaScale;
        double greenFromCr = -redFromCr * RED_SHARE / GREEN_SHARE;
        double greenFromCb = -blueFromCb * BLUE_SHARE / GREEN_SHARE;
        for (int i = 0; i + 2 < values.length; i += 3) {
            double y = (values[i] - black) * lumaScale;
            double cb = values[i + 1] - half;
            double cr = values[i + 2] - half;
            values[i] = clamp(y + redFromCr * cr, largest);
            values[i + 1] = clamp(y + greenFromCb * cb + greenFromCr * cr, largest);
            values[i + 2] = clamp(y + blueFromCb * cb, largest);
        }
    }

    private static int clamp(double value, int largest) {
        return (int) Math.max(0, Math.min(largest, value + 0.5));
    }
}
