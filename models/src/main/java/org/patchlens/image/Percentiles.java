package org.patchlens.image;

import java.util.Arrays;

/// Percentiles of samples, as `numpy.percentile` with its linear interpolation: percentile p of n sorted values is
/// the value at position `p / 100 * (n - 1)`, between two values in proportion. Infinite values and NaN do not
/// count.
///
/// Nothing is sorted: values are counted by the upper half of their bits, then those around a percentile by the
/// lower
/// half. Linear in the number of values, exact. Not safe for several threads.
public final class Percentiles {
    private static final int HALF = 1 << 16;

    private final float[] values;
    private final int count;
    private final int[] counts = new int[HALF];
    private final int[] countsWithin = new int[HALF];
    private int counted = -1;

    private Percentiles(float[] values, int count) {
        this.values = values;
        this.count = count;
        for (int i = 0; i < count; i++) {
            counts[key(values[i]) >>> 16]++;
        }
    }

    /// Takes the finite ones of some values; the array stays as it is.
    public static Percentiles of(float[] values) {
        float[] finite = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                finite[count++] = value;
            }
        }
        return new Percentiles(finite, count);
    }

    /// Takes the finite samples of an image, all channels together.
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
        return count == 0;
    }

    /// One percentile.
    ///
    /// @param percent 0 to 100
    /// @throws IllegalStateException if there are no values
    public float at(double percent) {
        if (isEmpty()) {
            throw new IllegalStateException("a percentile of no values");
        }
        double position = percent / 100 * (count - 1);
        int below = (int) position;
        double share = position - below;
        double lower = ranked(below);
        double upper = ranked(Math.min(below + 1, count - 1));
        return (float) (lower + share * (upper - lower));
    }

    /// The value that would stand at a place, from 0, if the values were sorted.
    private float ranked(int rank) {
        int left = rank;
        int high = 0;
        while (left >= counts[high]) {
            left -= counts[high++];
        }
        countWithin(high);
        int low = 0;
        while (left >= countsWithin[low]) {
            left -= countsWithin[low++];
        }
        int key = high << 16 | low;
        return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
    }

    private void countWithin(int high) {
        if (counted == high) {
            return;
        }
        counted = high;
        Arrays.fill(countsWithin, 0);
        for (int i = 0; i < count; i++) {
            int key = key(values[i]);
            if (key >>> 16 == high) {
                countsWithin[key & 0xFFFF]++;
            }
        }
    }

    /// A number whose unsigned order is the order of the floats.
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    }
}
