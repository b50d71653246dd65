package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A rectangle of floats in memory, on the heap or outside, whose rows may lie further apart than they are long;
/// an operand of [MatrixProduct].
///
/// @param memory starts with the first element
/// @param rows in memory
/// @param columns in memory
/// @param stride the distance of rows in floats, at least `columns`
/// @param transposed whether it counts with rows and columns exchanged
public record Panel(MemorySegment memory, int rows, int columns, int stride, boolean transposed) {
    public Panel {
        long needed = rows == 0 ? 0 : ((rows - 1L) * stride + columns) * Float.BYTES;
        if (rows < 0 || columns < 0 || stride < columns || memory.byteSize() < needed) {
            throw new IllegalArgumentException(
                    rows + " x " + columns + " floats, rows " + stride + " apart, in " + memory.byteSize() + " bytes");
        }
    }

    /// A whole matrix.
    public static Panel of(FloatMatrix matrix) {
        return new Panel(matrix.segment(), matrix.rows(), matrix.columns(), matrix.columns(), false);
    }

    /// Rows one after the other in an array on the heap.
    public static Panel of(float[] array, int rows, int columns) {
        return new Panel(MemorySegment.ofArray(array), rows, columns, columns, false);
    }

    /// The rows in memory from `from` (inclusive) to `to` (exclusive).
    public Panel rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return new Panel(memory.asSlice((long) from * stride * Float.BYTES), to - from, columns, stride, transposed);
    }

    /// The columns in memory from `from` (inclusive) to `to` (exclusive).
    public Panel columns(int from, int to) {
        Objects.checkFromToIndex(from, to, columns);
        return new Panel(memory.asSlice((long) from * Float.BYTES), rows, to - from, stride, transposed);
    }

    /// The same memory, rows and columns exchanged.
    public Panel transpose() {
        return new Panel(memory, rows, columns, stride, !transposed);
    }

    /// The number of rows as an operand.
    int height() {
        return transposed ? columns : rows;
    }

    /// The number of columns as an operand.
    int width() {
        return transposed ? rows : columns;
    }
}
