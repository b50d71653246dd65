package org.patchlens.image.dicom.pixel;

/// The numbers of a frame as they are stored, `[rows][columns][samples]`, interleaved, before any look-up table.
public sealed interface StoredPixels {
    /// One stored number.
    double value(int index);

    /// How many numbers there are.
    int count();

    /// Whole numbers.
    final class Integers implements StoredPixels {
        private final int[] values;
        private final boolean unsigned32;

        public Integers(int[] values, boolean unsigned32) {
            this.values = values;
            this.unsigned32 = unsigned32;
        }

        /// Not copied.
        public int[] values() {
            return values;
        }

        /// Whether the numbers use all 32 bits without a sign.
        public boolean unsigned32() {
            return unsigned32;
        }

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
    final class Reals implements StoredPixels {
        private final double[] values;

        public Reals(double[] values) {
            this.values = values;
        }

        /// Not copied.
        public double[] values() {
            return values;
        }

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
