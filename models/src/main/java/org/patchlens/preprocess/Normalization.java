package org.patchlens.preprocess;

import java.util.List;
import java.util.stream.Collectors;

/// From a pixel value of 0 to 255 to what the model reads: `(value * factor - mean) / deviation`.
///
/// @param factor usually 1/255; 1 where the processor does not rescale
/// @param mean of red, green and blue; zeros where the processor does not normalize
/// @param deviation of red, green and blue, never 0; ones where the processor does not normalize
public record Normalization(double factor, List<Double> mean, List<Double> deviation) {
    static final int CHANNELS = 3;

    public Normalization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != CHANNELS || deviation.size() != CHANNELS || deviation.contains(0.0) || factor == 0) {
            throw new IllegalArgumentException("normalization by " + factor + ", " + mean + ", " + deviation);
        }
    }

    /// The mean in units of pixel values, rounded as the processors round it.
    private float scaledMean(int channel) {
        return (float) (double) mean.get(channel) * (float) (1 / factor);
    }

    private float scaledDeviation(int channel) {
        return (float) (double) deviation.get(channel) * (float) (1 / factor);
    }

    /// Normalizes `length` bytes of one channel, taken as unsigned.
    ///
    /// @param stride from one value to the next in `from`
    void apply(int channel, byte[] from, int offset, int stride, float[] to, int length) {
        float center = scaledMean(channel);
        float spread = scaledDeviation(channel);
        if (stride == 1) {
            // Apart, because only a loop over neighbours becomes SIMD instructions.
            for (int i = 0; i < length; i++) {
                to[i] = ((from[offset + i] & 0xff) - center) / spread;
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            to[i] = ((from[offset + i * stride] & 0xff) - center) / spread;
        }
    }

    /// Normalizes `length` pixel values of one channel.
    ///
    /// @param stride from one value to the next in `from`
    void apply(int channel, float[] from, int offset, int stride, float[] to, int length) {
        float center = scaledMean(channel);
        float spread = scaledDeviation(channel);
        for (int i = 0; i < length; i++) {
            to[i] = (from[offset + i * stride] - center) / spread;
        }
    }

    @Override
    public String toString() {
        return "rescale " + factor + ", mean " + joined(mean) + ", std " + joined(deviation);
    }

    private static String joined(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
