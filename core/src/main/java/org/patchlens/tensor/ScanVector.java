package org.patchlens.tensor;

/// A vector that many rows are multiplied with, prepared once.
public final class ScanVector {
    /// What a 16-bit number is too small by when its bits have been moved to the places of a 32-bit number:
    /// 2^(127 - 15), the difference of the exponents' origins.
    private static final float SHIFT = 0x1p112f;

    private final float[] numbers;
    private final float[] evens;
    private final float[] odds;
    private final int step;

    private ScanVector(float[] numbers) {
        this.numbers = numbers.clone();
        step = Math.max(Kernels.LANES, Integer.signum(numbers.length));
        evens = new float[(numbers.length + 1) / 2];
        odds = new float[numbers.length / 2];
        float largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        if (!(largest < Short.MAX_VALUE + 1)) {
            throw new IllegalArgumentException("a vector with the number " + largest);
        }
        for (int i = 0; i < odds.length; i++) {
            evens[i] = numbers[2 * i] * SHIFT;
            odds[i] = numbers[2 * i + 1] * SHIFT;
        }
        if (evens.length > odds.length) {
            evens[odds.length] = numbers[numbers.length - 1] * SHIFT;
        }
    }

    /// Prepares a vector.
    ///
    /// @param numbers `float[D]`, each below 32,768 in size; copied
    public static ScanVector of(float[] numbers) {
        return new ScanVector(numbers);
    }

    /// The numbers; a copy.
    public float[] toArray() {
        return numbers.clone();
    }

    /// The numbers; not to be changed.
    float[] numbers() {
        return numbers;
    }

    /// Every second number from the first on, shifted; not to be changed.
    float[] evens() {
        return evens;
    }

    /// Every second number from the second on, shifted; not to be changed.
    float[] odds() {
        return odds;
    }

    /// [Kernels#LANES], as a number that a compiler does not know: with a constant it would unroll the loop over a
    /// row and read the row's lines from the last to the first. A processor reads ahead in ascending order, and a
    /// search of memory takes up to a third less time so.
    int step() {
        return step;
    }
}
