package org.patchlens.tensor;

/// A vector that many rows are multiplied with, prepared once.
public final class ScanVector {
    private final float[] numbers;
    private final float[] shifted;

    private ScanVector(float[] numbers) {
        this.numbers = numbers.clone();
        this.shifted = RowScan.shifted(numbers);
    }

    /// Prepares a vector.
    ///
    /// @param numbers `float[D]`, each below 32,768 in size; copied
    public static ScanVector of(float[] numbers) {
        return new ScanVector(numbers);
    }

    /// The numbers; not to be changed.
    float[] numbers() {
        return numbers;
    }

    /// The numbers times [RowScan#SHIFTED]; not to be changed.
    float[] shifted() {
        return shifted;
    }
}
