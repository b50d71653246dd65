package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.TaskPool;

/// A weight for every pair of points of which one is a neighbour of the other: a symmetric sparse matrix.
///
/// Row by row, columns ascending; element e of row i has `starts[i] <= e < starts[i + 1]`.
public final class SymmetricWeights {
    private static final int ROWS_PER_TASK = 512;

    private final int[] starts;
    private final int[] columns;
    private final float[] values;

    private SymmetricWeights(int[] starts, int[] columns, float[] values) {
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /// What becomes of the two weights of a pair; does not depend on which is which.
    @FunctionalInterface
    public interface Union {
        /// Unites two weights.
        ///
        /// @param own the weight from one point to the other, 0 if that is no neighbour
        /// @param other the weight back
        float of(float own, float other);
    }

    /// Unites the weights of both directions.
    ///
    /// @param directed `float[N * K]`, one per neighbour in the order of the graph
    public static SymmetricWeights of(NeighborGraph graph, float[] directed, Union union, TaskPool pool) {
        RowMerge merge = new RowMerge(graph, Incoming.of(graph), directed, union);
        int points = graph.points();
        int[] starts = new int[points + 1];
        pool.forEach(Math.ceilDiv(points, ROWS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                starts[row + 1] = merge.length(row);
            }
        });
        for (int row = 0; row < points; row++) {
            starts[row + 1] = Math.addExact(starts[row], starts[row + 1]);
        }
        int[] columns = new int[starts[points]];
        float[] values = new float[starts[points]];
        pool.forEach(Math.ceilDiv(points, ROWS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                merge.write(row, starts[row], columns, values);
            }
        });
        return new SymmetricWeights(starts, columns, values);
    }

    /// Who counts a point among its neighbours.
    ///
    /// @param starts `int[N + 1]`
    /// @param elements by point, the elements `source * K + rank` of the graph that lead to it, ascending
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Incoming(int[] starts, int[] elements) {
        static Incoming of(NeighborGraph graph) {
            int points = graph.points();
            int k = graph.neighbors();
            int[] starts = new int[points + 1];
            for (int i = 0; i < points; i++) {
                for (int rank = 0; rank < k; rank++) {
                    starts[graph.neighbor(i, rank) + 1]++;
                }
            }
            for (int i = 0; i < points; i++) {
                starts[i + 1] += starts[i];
            }
            int[] elements = new int[Math.multiplyExact(points, k)];
            int[] ends = Arrays.copyOf(starts, points);
            for (int i = 0; i < points; i++) {
                for (int rank = 0; rank < k; rank++) {
                    elements[ends[graph.neighbor(i, rank)]++] = i * k + rank;
                }
            }
            return new Incoming(starts, elements);
        }
    }

    /// Merges the neighbours of a point with the points whose neighbour it is.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RowMerge(NeighborGraph graph, Incoming incoming, float[] directed, Union union) {
        private long[] own(int row) {
            long[] own = new long[graph.neighbors()];
            for (int rank = 0; rank < own.length; rank++) {
                own[rank] = (long) graph.neighbor(row, rank) << 32 | rank;
            }
            Arrays.sort(own);
            return own;
        }

        int length(int row) {
            long[] own = own(row);
            int next = 0;
            int both = 0;
            for (int at = incoming.starts[row]; at < incoming.starts[row + 1]; at++) {
                int source = incoming.elements[at] / own.length;
                while (next < own.length && (int) (own[next] >> 32) < source) {
                    next++;
                }
                both += next < own.length && (int) (own[next] >> 32) == source ? 1 : 0;
            }
            return own.length + incoming.starts[row + 1] - incoming.starts[row] - both;
        }

        void write(int row, int start, int[] columns, float[] values) {
            long[] own = own(row);
            int k = own.length;
            int next = 0;
            int at = incoming.starts[row];
            int to = incoming.starts[row + 1];
            for (int end = start; next < k || at < to; end++) {
                int ownColumn = next < k ? (int) (own[next] >> 32) : Integer.MAX_VALUE;
                int source = at < to ? incoming.elements[at] / k : Integer.MAX_VALUE;
                float there = ownColumn <= source ? directed[row * k + (int) own[next++]] : 0;
                float back = source <= ownColumn ? directed[incoming.elements[at++]] : 0;
                columns[end] = Math.min(ownColumn, source);
                values[end] = union.of(there, back);
            }
        }
    }

    /// The same weights with the points in another order: point `order[i]` becomes point i.
    public SymmetricWeights reordered(int[] order, TaskPool pool) {
        int points = points();
        int[] placeOf = new int[points];
        int[] newStarts = new int[points + 1];
        for (int i = 0; i < points; i++) {
            placeOf[order[i]] = i;
            newStarts[i + 1] = newStarts[i] + starts[order[i] + 1] - starts[order[i]];
        }
        int[] newColumns = new int[columns.length];
        float[] newValues = new float[values.length];
        pool.forEach(Math.ceilDiv(points, ROWS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * ROWS_PER_TASK);
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                int from = starts[order[i]];
                long[] row = new long[newStarts[i + 1] - newStarts[i]];
                for (int e = 0; e < row.length; e++) {
                    row[e] = (long) placeOf[columns[from + e]] << 32 | (from + e);
                }
                Arrays.sort(row);
                for (int e = 0; e < row.length; e++) {
                    newColumns[newStarts[i] + e] = (int) (row[e] >> 32);
                    newValues[newStarts[i] + e] = values[(int) row[e]];
                }
            }
        });
        return new SymmetricWeights(newStarts, newColumns, newValues);
    }

    /// N, the number of points.
    public int points() {
        return starts.length - 1;
    }

    /// Where each row starts, `int[N + 1]`; not to be changed.
    public int[] starts() {
        return starts;
    }

    /// The column of each element; not to be changed.
    public int[] columns() {
        return columns;
    }

    /// The value of each element; not to be changed.
    public float[] values() {
        return values;
    }
}
