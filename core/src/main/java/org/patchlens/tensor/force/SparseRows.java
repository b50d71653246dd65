package org.patchlens.tensor.force;

import java.util.Arrays;
import org.patchlens.tensor.TaskPool;

/// A weight for some pairs of points, row by row.
///
/// @param starts `int[N + 1]`: element e belongs to row i if `starts[i] <= e < starts[i + 1]`
/// @param columns the other point of each element
/// @param values the weight of each element
@SuppressWarnings("ArrayRecordComponent") // views of arrays, never compared
public record SparseRows(int[] starts, int[] columns, float[] values) {
    private static final int ROWS_PER_TASK = 512;

    /// Rows are multiples of this: the widest vector.
    private static final int WIDTH = 16;

    /// N, the number of rows.
    public int rows() {
        return starts.length - 1;
    }

    /// The same weights; each row filled up with elements of weight 0 from the point to itself, so that no row
    /// ends within a vector.
    public static SparseRows filled(int[] starts, int[] columns, float[] values) {
        int[] filledStarts = new int[starts.length];
        for (int i = 0; i + 1 < starts.length; i++) {
            int length = Math.ceilDiv(starts[i + 1] - starts[i], WIDTH) * WIDTH;
            filledStarts[i + 1] = Math.addExact(filledStarts[i], length);
        }
        int[] filledColumns = new int[filledStarts[starts.length - 1]];
        float[] filledValues = new float[filledColumns.length];
        for (int i = 0; i + 1 < starts.length; i++) {
            int length = starts[i + 1] - starts[i];
            System.arraycopy(columns, starts[i], filledColumns, filledStarts[i], length);
            System.arraycopy(values, starts[i], filledValues, filledStarts[i], length);
            Arrays.fill(filledColumns, filledStarts[i] + length, filledStarts[i + 1], i);
        }
        return new SparseRows(filledStarts, filledColumns, filledValues);
    }

    /// The same weights with the points in another order: point `order[i]` becomes point i. Elements keep their
    /// order within a row.
    public SparseRows reordered(int[] order, TaskPool pool) {
        int[] placeOf = new int[order.length];
        int[] newStarts = new int[starts.length];
        for (int i = 0; i < order.length; i++) {
            placeOf[order[i]] = i;
            newStarts[i + 1] = newStarts[i] + starts[order[i] + 1] - starts[order[i]];
        }
        SparseRows reordered = new SparseRows(newStarts, new int[columns.length], new float[values.length]);
        pool.forEach(Math.ceilDiv(order.length, ROWS_PER_TASK), task -> {
            int end = Math.min(order.length, (task + 1) * ROWS_PER_TASK);
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                reordered.copyRow(i, this, order[i], placeOf);
            }
        });
        return reordered;
    }

    private void copyRow(int row, SparseRows source, int sourceRow, int[] placeOf) {
        int from = source.starts[sourceRow];
        int length = starts[row + 1] - starts[row];
        for (int e = 0; e < length; e++) {
            columns[starts[row] + e] = placeOf[source.columns[from + e]];
        }
        System.arraycopy(source.values, from, values, starts[row], length);
    }
}
