package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.TaskPool;

/// How likely two points are neighbours: P of t-SNE, symmetric, sparse, with the sum 1.
///
/// Row by row, columns ascending; element e of row i has `starts[i] <= e < starts[i + 1]`.
final class JointProbabilities {
    private static final int ROWS_PER_TASK = 512;

    private final int[] starts;
    private final int[] columns;
    private final float[] values;

    private JointProbabilities(int[] starts, int[] columns, float[] values) {
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /// p(i,j) = (p(j|i) + p(i|j)) / 2N, where p(.|i) is a Gaussian over the neighbours of i whose width gives it
    /// the perplexity (equations 1 and 2 of the paper).
    ///
    /// @param perplexity less than the number of neighbours in the graph, if it is to be reached
    static JointProbabilities of(NeighborGraph graph, double perplexity, TaskPool pool) {
        int n = graph.points();
        int k = graph.neighbors();
        double[] conditional = new double[n * k];
        pool.forEach(Math.ceilDiv(n, ROWS_PER_TASK), task -> {
            int end = Math.min(n, (task + 1) * ROWS_PER_TASK);
            double[] row = new double[k];
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                for (int rank = 0; rank < k; rank++) {
                    row[rank] = (double) graph.distance(i, rank) * graph.distance(i, rank);
                }
                Perplexity.calibrate(row, perplexity);
                System.arraycopy(row, 0, conditional, i * k, k);
            }
        });
        return symmetric(graph, conditional);
    }

    private static JointProbabilities symmetric(NeighborGraph graph, double[] conditional) {
        int n = graph.points();
        int k = graph.neighbors();
        int[] incomingStarts = incomingStarts(graph);
        int[] sources = new int[n * k];
        int[] positions = Arrays.copyOf(incomingStarts, n);
        for (int i = 0; i < n; i++) {
            for (int rank = 0; rank < k; rank++) {
                sources[positions[graph.neighbor(i, rank)]++] = i * k + rank;
            }
        }
        int[] starts = new int[n + 1];
        int[] columns = new int[2 * n * k];
        float[] values = new float[2 * n * k];
        RowMerge merge = new RowMerge(graph, conditional);
        for (int i = 0; i < n; i++) {
            starts[i + 1] =
                    merge.write(i, sources, incomingStarts[i], incomingStarts[i + 1], starts[i], columns, values);
        }
        return new JointProbabilities(starts, Arrays.copyOf(columns, starts[n]), Arrays.copyOf(values, starts[n]));
    }

    private static int[] incomingStarts(NeighborGraph graph) {
        int[] starts = new int[graph.points() + 1];
        for (int i = 0; i < graph.points(); i++) {
            for (int rank = 0; rank < graph.neighbors(); rank++) {
                starts[graph.neighbor(i, rank) + 1]++;
            }
        }
        for (int i = 0; i < graph.points(); i++) {
            starts[i + 1] += starts[i];
        }
        return starts;
    }

    /// Merges the neighbours of a point with the points whose neighbour it is.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RowMerge(NeighborGraph graph, double[] conditional) {
        /// Writes a row from `at` on and returns its end.
        int write(int row, int[] sources, int from, int to, int at, int[] columns, float[] values) {
            int k = graph.neighbors();
            long[] own = new long[k];
            for (int rank = 0; rank < k; rank++) {
                own[rank] = (long) graph.neighbor(row, rank) << 32 | rank;
            }
            Arrays.sort(own);
            double scale = 0.5 / graph.points();
            int next = 0;
            int incoming = from;
            int end = at;
            while (next < k || incoming < to) {
                int ownColumn = next < k ? (int) (own[next] >> 32) : Integer.MAX_VALUE;
                int otherColumn = incoming < to ? sources[incoming] / k : Integer.MAX_VALUE;
                double sum = 0;
                if (ownColumn <= otherColumn) {
                    sum += conditional[row * k + (int) own[next++]];
                }
                if (otherColumn <= ownColumn) {
                    sum += conditional[sources[incoming++]];
                }
                columns[end] = Math.min(ownColumn, otherColumn);
                values[end++] = (float) (sum * scale);
            }
            return end;
        }
    }

    /// The same probabilities with the points in another order: point `order[i]` becomes point i.
    JointProbabilities reordered(int[] order) {
        int[] placeOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            placeOf[order[i]] = i;
        }
        int[] newStarts = new int[starts.length];
        int[] newColumns = new int[columns.length];
        float[] newValues = new float[values.length];
        for (int i = 0; i < order.length; i++) {
            int from = starts[order[i]];
            int length = starts[order[i] + 1] - from;
            long[] row = new long[length];
            for (int e = 0; e < length; e++) {
                row[e] = (long) placeOf[columns[from + e]] << 32 | (from + e);
            }
            Arrays.sort(row);
            newStarts[i + 1] = newStarts[i] + length;
            for (int e = 0; e < length; e++) {
                newColumns[newStarts[i] + e] = (int) (row[e] >> 32);
                newValues[newStarts[i] + e] = values[(int) row[e]];
            }
        }
        return new JointProbabilities(newStarts, newColumns, newValues);
    }

    /// N, the number of points.
    int points() {
        return starts.length - 1;
    }

    /// Where each row starts, `int[N + 1]`; not to be changed.
    int[] starts() {
        return starts;
    }

    /// The column of each element; not to be changed.
    int[] columns() {
        return columns;
    }

    /// The value of each element; not to be changed.
    float[] values() {
        return values;
    }

    /// The sum of p log p over all elements.
    double negativeEntropy() {
        double sum = 0;
        for (float p : values) {
            sum += p > 0 ? p * Math.log(p) : 0;
        }
        return sum;
    }
}
