package org.patchlens.image.dicom.pixel;

/// The numbers of a frame as they are stored, `[rows][columns][samples]`, interleaved, before any look-up table.
public sealed interface StoredPixels {
    /// One stored number.
    double value(int index);

    /// How many numbers there are.
    int count();

    /// Whole numbers.
    ///
    /// @param values not copied
    /// @param unsigned32 whether the numbers use all 32 bits without a sign
    record Integers(int[] values, boolean unsigned32) implements StoredPixels {
        @Override
        public double value(int index) {
            return unsigned32 ? Integer.toUnsignedLong(values[index]) : values[index];
        }

        @Override
        public int count() {
            return values.length;
        }
    }

    /// Floating-point pixel data.
    ///
    /// @param values not copied
    record Reals(double[] values) implements StoredPixels {
        @Override
        public double value(int index) {
            return values[index];
        }

        @Override
        public int count() {
            return values.length;
        }
    }
}
