package org.patchlens.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// A matrix of 32-bit floats, row-major, rows x columns, outside the heap.
///
/// The memory is 64-byte aligned where it was allocated here, may be a view of another matrix or of a mapped file,
/// and is freed when nothing refers to it any more. Not a tensor library: an operation stands beside its use, a
/// kernel in [Kernels]. Reading is safe from several threads, writing to the same element is not.
///
/// Equality is by content, bit by bit.
public final class FloatMatrix {
    /// The layout of an element: native byte order, any alignment, since views may start anywhere in a mapped
    /// file.
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.nativeOrder());

    private static final long CACHE_LINE = 64;

    private final MemorySegment segment;
    private final int rows;
    private final int columns;

    private FloatMatrix(MemorySegment segment, int rows, int columns) {
        this.segment = segment;
        this.rows = rows;
        this.columns = columns;
    }

    /// A matrix of zeros.
    ///
    /// @throws OutOfMemoryError if the machine has no room; bound sizes that come from outside before the call
    public static FloatMatrix zeros(int rows, int columns) {
        return new FloatMatrix(Arena.ofAuto().allocate(byteSize(rows, columns), CACHE_LINE), rows, columns);
    }

    /// A matrix with these values, row by row.
    public static FloatMatrix of(int rows, int columns, float... values) {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values for " + rows + " x " + columns);
        }
        FloatMatrix matrix = zeros(rows, columns);
        MemorySegment.copy(values, 0, matrix.segment, FLOAT, 0, values.length);
        return matrix;
    }

    /// A matrix over memory that somebody else owns, without a copy.
    ///
    /// @param segment exactly rows x columns floats in native byte order
    public static FloatMatrix over(MemorySegment segment, int rows, int columns) {
        if (segment.byteSize() != byteSize(rows, columns)) {
            throw new IllegalArgumentException(segment.byteSize() + " bytes for " + rows + " x " + columns + " floats");
        }
        return new FloatMatrix(segment, rows, columns);
    }

    private static long byteSize(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + columns);
        }
        return (long) rows * columns * Float.BYTES;
    }

    /// The number of rows.
    public int rows() {
        return rows;
    }

    /// The number of columns.
    public int columns() {
        return columns;
    }

    /// The number of elements.
    public long size() {
        return (long) rows * columns;
    }

    /// The memory itself, row by row.
    public MemorySegment segment() {
        return segment;
    }

    /// The element at a row and column.
    public float get(int row, int column) {
        return segment.get(FLOAT, offset(row, column));
    }

    /// Writes the element at a row and column.
    public void set(int row, int column, float value) {
        segment.set(FLOAT, offset(row, column), value);
    }

    /// The rows `from` (inclusive) to `to` (exclusive); a view, not a copy.
    public FloatMatrix rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return new FloatMatrix(
                segment.asSlice(byteSize(from, columns), byteSize(to - from, columns)), to - from, columns);
    }

    /// One row; a view, not a copy.
    public FloatMatrix row(int row) {
        Objects.checkIndex(row, rows);
        return rows(row, row + 1);
    }

    /// Copies one row to the heap.
    public float[] rowToArray(int row) {
        return row(row).segment.toArray(FLOAT);
    }

    /// The same elements under another shape; a view, not a copy.
    public FloatMatrix reshape(int newRows, int newColumns) {
        return over(segment, newRows, newColumns);
    }

    /// Writes one value everywhere.
    public void fill(float value) {
        for (long at = 0; at < segment.byteSize(); at += Float.BYTES) {
            segment.set(FLOAT, at, value);
        }
    }

    /// Takes over all elements of a matrix of the same shape.
    public void copyFrom(FloatMatrix source) {
        if (source.rows != rows || source.columns != columns) {
            throw new IllegalArgumentException(
                    source.rows + " x " + source.columns + " does not fit " + rows + " x " + columns);
        }
        MemorySegment.copy(source.segment, 0, segment, 0, segment.byteSize());
    }

    private long offset(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return ((long) row * columns + column) * Float.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatMatrix that
                && rows == that.rows
                && columns == that.columns
                && segment.mismatch(that.segment) == -1;
    }

    @Override
    public int hashCode() {
        int hash = 31 * rows + columns;
        for (int i = 0; i < Math.min(size(), 16); i++) {
            hash = 31 * hash + Float.floatToRawIntBits(segment.get(FLOAT, (long) i * Float.BYTES));
        }
        return hash;
    }

    @Override
    public String toString() {
        return "FloatMatrix[" + rows + " x " + columns + "]";
    }
}
