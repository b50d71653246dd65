package org.patchlens.image.dicom.codec.jpeg;

/// The inverse discrete cosine transform (T.81 A.3.3), separable, in doubles; each pass splits into even and odd
/// frequencies, whose sums and differences give mirrored samples.
final class InverseDct {
    /// `cos((2x + 1) u pi / 16) / 2` for frequency u and sample x, with `1 / sqrt(8)` for u = 0.
    private static final double[][] WAVE = waves();

    private final int[] quantization;
    private final double level;
    private final int largest;
    private final double[] block = new double[64];
    private final double[] column = new double[8];

    InverseDct(int[] quantization, int precision) {
        this.quantization = quantization;
        this.level = 1 << (precision - 1);
        this.largest = (1 << precision) - 1;
    }

    private static double[][] waves() {
        double[][] waves = new double[8][8];
        for (int u = 0; u < 8; u++) {
            double scale = u == 0 ? Math.sqrt(0.125) : 0.5;
            for (int x = 0; x < 8; x++) {
                waves[u][x] = scale * Math.cos((2 * x + 1) * u * Math.PI / 16);
            }
        }
        return waves;
    }

    /// Transforms one block.
    ///
    /// @param from where it starts in `coefficients`
    /// @param to where its first sample goes
    /// @param stride samples per row
    void block(short[] coefficients, int from, int[] samples, int to, int stride) {
        int highest = 0;
        for (int i = 0; i < 64; i++) {
            int value = coefficients[from + i] * quantization[i];
            block[i] = value;
            highest = value != 0 ? i : highest;
        }
        if (highest == 0) {
            flat(samples, to, stride);
            return;
        }
        for (int row = 0; row <= highest / 8; row++) {
            transform(8 * row, 1);
        }
        for (int x = 0; x < 8; x++) {
            transform(x, 8);
        }
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                samples[to + y * stride + x] = clamp(block[8 * y + x]);
            }
        }
    }

    private void flat(int[] samples, int to, int stride) {
        int value = clamp(block[0] / 8);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                samples[to + y * stride + x] = value;
            }
        }
    }

    private void transform(int start, int step) {
        for (int u = 0; u < 8; u++) {
            column[u] = block[start + u * step];
        }
        for (int x = 0; x < 4; x++) {
            double even =
                    column[0] * WAVE[0][x] + column[2] * WAVE[2][x] + column[4] * WAVE[4][x] + column[6] * WAVE[6][x];
            double odd =
                    column[1] * WAVE[1][x] + column[3] * WAVE[3][x] + column[5] * WAVE[5][x] + column[7] * WAVE[7][x];
            block[start + x * step] = even + odd;
            block[start + (7 - x) * step] = even - odd;
        }
    }

    private int clamp(double value) {
        return (int) Math.max(0, Math.min(largest, value + level + 0.5));
    }
}
