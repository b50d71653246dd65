package org.patchlens.image;

import java.util.Arrays;

/// Percentiles of samples, as `numpy.percentile` with its linear interpolation: percentile p of n sorted values is
/// the value at position `p / 100 * (n - 1)`, between two values in proportion. Infinite values and NaN do not
/// count.
public final class Percentiles {
    private final float[] sorted;

    private Percentiles(float[] sorted) {
        this.sorted = sorted;
    }

    /// Sorts the finite ones of some values; the array stays as it is.
    public static Percentiles of(float[] values) {
        float[] finite = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                finite[count++] = value;
            }
        }
        float[] sorted = Arrays.copyOf(finite, count);
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /// Sorts the finite samples of an image, all channels together.
    public static Percentiles of(PixelImage image) {
        return switch (image.depth()) {
            case U8, U16 -> of(widened(image));
            case F32 -> of(image.floats());
        };
    }

    private static float[] widened(PixelImage image) {
        float[] samples = new float[image.width() * image.height() * image.channels()];
        int to = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < image.channels(); channel++) {
                    samples[to++] = image.sample(x, y, channel);
                }
            }
        }
        return samples;
    }

    /// Whether no value was finite.
    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /// One percentile.
    ///
    /// @param percent 0 to 100
    /// @throws IllegalStateException if there are no values
    public float at(double percent) {
        if (isEmpty()) {
            throw new IllegalStateException("a percentile of no values");
        }
        double position = percent / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double share = position - below;
        return (float) (sorted[below] + share * ((double) sorted[above] - sorted[below]));
    }
}
