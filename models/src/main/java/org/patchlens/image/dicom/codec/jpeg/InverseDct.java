package org.patchlens.image.dicom.codec.jpeg;

/// The inverse discrete cosine transform (T.81 A.3.3), separable, in doubles; each pass splits into even and odd
/// frequencies, whose sums and differences give mirrored samples.
final class InverseDct {
    /// `cos(u pi / 16) / 2` for frequency u.
    private static final double W1 = Math.cos(Math.PI / 16) / 2;

    private static final double W2 = Math.cos(2 * Math.PI / 16) / 2;
    private static final double W3 = Math.cos(3 * Math.PI / 16) / 2;
    private static final double W4 = Math.sqrt(0.125);
    private static final double W5 = Math.cos(5 * Math.PI / 16) / 2;
    private static final double W6 = Math.cos(6 * Math.PI / 16) / 2;
    private static final double W7 = Math.cos(7 * Math.PI / 16) / 2;

    private final int[] quantization;
    private final double level;
    private final int largest;
    private final double[] block = new double[64];

    InverseDct(int[] quantization, int precision) {
        this.quantization = quantization;
        this.level = 1 << (precision - 1);
        this.largest = (1 << precision) - 1;
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

    /// Frequencies 0 and 4 share a weight and 2 and 6 two weights, which leaves 22 products of 64.
    private void transform(int start, int step) {
        double[] values = block;
        int at1 = start + step;
        int at2 = at1 + step;
        int at3 = at2 + step;
        int at4 = at3 + step;
        int at5 = at4 + step;
        int at6 = at5 + step;
        int at7 = at6 + step;
        double sum = (values[start] + values[at4]) * W4;
        double difference = (values[start] - values[at4]) * W4;
        double outer = values[at2] * W2 + values[at6] * W6;
        double inner = values[at2] * W6 - values[at6] * W2;
        double u1 = values[at1];
        double u3 = values[at3];
        double u5 = values[at5];
        double u7 = values[at7];
        double odd0 = u1 * W1 + u3 * W3 + u5 * W5 + u7 * W7;
        double odd1 = u1 * W3 - u3 * W7 - u5 * W1 - u7 * W5;
        double odd2 = u1 * W5 - u3 * W1 + u5 * W7 + u7 * W3;
        double odd3 = u1 * W7 - u3 * W5 + u5 * W3 - u7 * W1;
        values[start] = sum + outer + odd0;
        values[at7] = sum + outer - odd0;
        values[at1] = difference + inner + odd1;
        values[at6] = difference + inner - odd1;
        values[at2] = difference - inner + odd2;
        values[at5] = difference - inner - odd2;
        values[at3] = sum - outer + odd3;
        values[at4] = sum - outer - odd3;
    }

    private int clamp(double value) {
        int sample = (int) (value + level + 0.5);
        return sample < 0 ? 0 : Math.min(sample, largest);
    }
}
