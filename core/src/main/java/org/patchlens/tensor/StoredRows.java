package org.patchlens.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// Rows of numbers as they lie in a file, 16 or 32 bits each, little-endian; perhaps mapped, read as far as they
/// are looked at.
///
/// @param memory exactly rows x columns numbers
/// @param rows how many
/// @param columns D
/// @param precision of each number
public record StoredRows(MemorySegment memory, int rows, int columns, Precision precision) {
    private static final long CACHE_LINE = 64;
    private static final RowScan SCAN = RowScan.chosen();

    /// How a number is kept.
    public enum Precision {
        /// IEEE 754 binary16, 2 bytes.
        HALF(Short.BYTES),
        /// IEEE 754 binary32, 4 bytes.
        SINGLE(Float.BYTES);

        private final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }

        /// The size of one number.
        public int bytes() {
            return bytes;
        }
    }

    public StoredRows {
        long expected = (long) rows * columns * precision.bytes();
        if (rows < 0 || columns < 1 || memory.byteSize() != expected) {
            throw new IllegalArgumentException(
                    memory.byteSize() + " bytes for " + rows + " x " + columns + " numbers of " + precision);
        }
    }

    /// Rows that are in memory.
    public static StoredRows of(FloatMatrix rows) {
        return new StoredRows(rows.segment(), rows.rows(), rows.columns(), Precision.SINGLE);
    }

    /// The rows `from` (inclusive) to `to` (exclusive); a view.
    public StoredRows rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        long row = (long) columns * precision.bytes();
        return new StoredRows(memory.asSlice(from * row, (to - from) * row), to - from, columns, precision);
    }

    /// The numbers in 32 bits; a view where they have 32 bits already.
    public FloatMatrix widened() {
        return switch (precision) {
            case SINGLE -> FloatMatrix.over(memory, rows, columns);
            case HALF -> {
                FloatMatrix wide = FloatMatrix.zeros(rows, columns);
                HalfPrecision.widen(memory, wide);
                yield wide;
            }
        };
    }

    /// The numbers in 32 bits on the heap, row by row.
    public float[] toArray() {
        float[] numbers = new float[Math.multiplyExact(rows, columns)];
        FloatMatrix wide = FloatMatrix.over(MemorySegment.ofArray(numbers), rows, columns);
        switch (precision) {
            case SINGLE -> wide.copyFrom(FloatMatrix.over(memory, rows, columns));
            case HALF -> HalfPrecision.widen(memory, wide);
        }
        return numbers;
    }

    /// The dot product of every row with a vector, at the speed of the memory.
    ///
    /// The order of the additions is fixed; for rows of 32 bits it is that of [Kernels].
    /// Right for finite rows only: of a row of 16 bits with an infinity or NaN, a wrong number is returned.
    ///
    /// @param out takes one number per row
    /// @param at the place of the first
    public void products(ScanVector vector, float[] out, int at) {
        Objects.checkFromIndexSize(at, rows, out.length);
        requireSameLength(vector);
        SCAN.products(this, vector, out, at);
    }

    /// The same for a vector that is multiplied once.
    ///
    /// @param vector `float[D]`, each number below 32,768 in size
    public void products(float[] vector, float[] out, int at) {
        products(ScanVector.of(vector), out, at);
    }

    private void requireSameLength(ScanVector vector) {
        if (vector.numbers().length != columns) {
            throw new IllegalArgumentException("rows of " + columns + " numbers times " + vector.numbers().length);
        }
    }

    /// The dot product of some rows with a vector, with the bits of [#products], for rows that lie anywhere.
    ///
    /// @param picks numbers of rows
    /// @param count how many of the picks count
    /// @param out takes one number per pick
    public void picked(int[] picks, int count, ScanVector vector, float[] out) {
        requireSameLength(vector);
        SCAN.picked(this, picks, count, vector, out);
    }

    /// Room for rows of 16 bits outside the heap, all zero.
    public static StoredRows ofHalves(int rows, int columns) {
        MemorySegment memory = Arena.ofAuto().allocate((long) rows * columns * Short.BYTES, CACHE_LINE);
        return new StoredRows(memory, rows, columns, Precision.HALF);
    }

    /// Rounds numbers into rows of 16 bits.
    ///
    /// @param at the first row that is overwritten
    /// @param numbers finite, below 65,520 in size
    public void write(int at, FloatMatrix numbers) {
        StoredRows place = rows(at, at + numbers.rows());
        if (precision != Precision.HALF || numbers.columns() != columns) {
            throw new IllegalArgumentException(numbers + " into " + this);
        }
        if (!HalfPrecision.narrow(numbers, place.memory)) {
            throw new IllegalArgumentException("a number that 16 bits cannot hold");
        }
    }

    /// The squared distance of every row to a point: the differences are rounded to 32 bits, their squares added
    /// in the order of [Kernels]. NaN or infinite for a row that holds an infinity or NaN.
    ///
    /// @param point `float[D]`
    /// @return one number per row
    public float[] squaredDistances(float[] point) {
        if (point.length != columns) {
            throw new IllegalArgumentException("rows of " + columns + " numbers less " + point.length);
        }
        float[] squares = new float[rows];
        PlainRowScan.PREFERRED.squaredDistances(this, point, squares);
        return squares;
    }
}
