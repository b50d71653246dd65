package org.patchlens.preprocess;

/// How one axis is resampled: each output pixel is a weighted sum of neighbouring source pixels.
///
/// The weights of output pixel `o` are `weights[o * taps]` to `weights[o * taps + counts[o] - 1]`, for the source
/// pixels from `starts[o]` on; they add up to 1.
final class AxisWeights {
    private final int sourceLength;
    private final int taps;
    private final int[] starts;
    private final int[] counts;
    private final double[] weights;

    private AxisWeights(int sourceLength, int taps, int[] starts, int[] counts, double[] weights) {
        this.sourceLength = sourceLength;
        this.taps = taps;
        this.starts = starts;
        this.counts = counts;
        this.weights = weights;
    }

    /// The weights of a kernel.
    ///
    /// @param sourceLength pixels of the source along the axis
    /// @param resizedLength pixels after the resize
    static AxisWeights of(ResampleFilter filter, int sourceLength, int resizedLength) {
        double scale = (double) sourceLength / resizedLength;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        int taps = (int) Math.ceil(support) * 2 + 1;
        AxisWeights axis = new AxisWeights(
                sourceLength,
                taps,
                new int[resizedLength],
                new int[resizedLength],
                new double[Math.multiplyExact(resizedLength, taps)]);
        for (int o = 0; o < resizedLength; o++) {
            axis.place(filter, o, (o + 0.5) * scale, support, 1 / stretch);
        }
        return axis;
    }

    private void place(ResampleFilter filter, int output, double center, double support, double shrink) {
        int start = Math.max(0, (int) (center - support + 0.5));
        int count = Math.min(sourceLength, (int) (center + support + 0.5)) - start;
        int at = output * taps;
        double total = 0;
        for (int tap = 0; tap < count; tap++) {
            double weight = filter.weight((tap + start - center + 0.5) * shrink);
            weights[at + tap] = weight;
            total += weight;
        }
        for (int tap = 0; tap < count && total != 0; tap++) {
            weights[at + tap] /= total;
        }
        starts[output] = start;
        counts[output] = count;
    }

    /// The room for the weights of one output pixel.
    int taps() {
        return taps;
    }

    /// The first source pixel of an output pixel.
    int start(int output) {
        return starts[output];
    }

    /// How many source pixels an output pixel takes.
    int count(int output) {
        return counts[output];
    }

    /// The end, exclusive, of the source pixels that an output pixel takes.
    int end(int output) {
        return starts[output] + counts[output];
    }

    /// The largest weight, at least 0.
    double largest() {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
        }
        return largest;
    }

    /// The weights as fixed-point numbers, rounded half away from zero.
    ///
    /// @param bits after the point
    int[] fixedPoint(int bits) {
        int[] rounded = new int[weights.length];
        double one = 1L << bits;
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (int) (weights[i] * one + (weights[i] < 0 ? -0.5 : 0.5));
        }
        return rounded;
    }

    /// The weights in single precision.
    float[] floats() {
        float[] rounded = new float[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) weights[i];
        }
        return rounded;
    }
}
