package org.patchlens.cluster;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Which centre every point is nearest to, and where the centres of the points so assigned lie.
///
/// Points are cut into at most 64 chunks ([AssignedChunk]), each with sums of its own that are added in the order
/// of the chunks.
final class Assignment {
    private static final int MOST_CHUNKS = 64;
    private static final int CHUNK_UNIT = 256;

    private final FloatMatrix rows;
    private final int clusters;
    private final TaskPool pool;
    private final AssignedChunk[] chunks;

    Assignment(FloatMatrix rows, int clusters, TaskPool pool) {
        this.rows = rows;
        this.clusters = clusters;
        this.pool = pool;
        int chunkRows = CHUNK_UNIT * Math.ceilDiv(Math.ceilDiv(rows.rows(), CHUNK_UNIT), MOST_CHUNKS);
        chunks = new AssignedChunk[Math.ceilDiv(rows.rows(), chunkRows)];
        Arrays.setAll(
                chunks,
                i -> new AssignedChunk(rows.rows(i * chunkRows, Math.min(rows.rows(), (i + 1) * chunkRows)), clusters));
    }

    /// Nothing is assigned.
    void forget() {
        for (AssignedChunk chunk : chunks) {
            chunk.forget();
        }
    }

    int[] labels() {
        return Arrays.stream(chunks)
                .flatMapToInt(chunk -> Arrays.stream(chunk.labels()))
                .toArray();
    }

    /// Assigns every point to the nearest centre, the first of equally near ones.
    ///
    /// @param centers `float[K][D]`
    /// @param moves of the centres since the last call: points whose bounds tell that nothing changed for them are
    ///     passed over
    /// @return whether a point changed
    boolean assign(FloatMatrix centers, CenterMoves moves) {
        float[] squares = squares(centers);
        pool.forEach(chunks.length, i -> chunks[i].assign(centers, squares, moves));
        return Arrays.stream(chunks).anyMatch(AssignedChunk::hasChanged);
    }

    private static float[] squares(FloatMatrix centers) {
        float[] squares = new float[centers.rows()];
        for (int k = 0; k < squares.length; k++) {
            double sum = 0;
            for (float value : centers.rowToArray(k)) {
                sum += (double) value * value;
            }
            squares[k] = (float) sum;
        }
        return squares;
    }

    /// Moves each centre to the mean of its points; a centre without points takes the point farthest from its own.
    ///
    /// @param unit whether centres are scaled to length 1
    CenterMoves moveCenters(FloatMatrix centers, boolean unit) {
        long[] sizes = sizes();
        for (int k = 0; k < clusters; k++) {
            if (sizes[k] == 0 && takeFarthest(k, sizes)) {
                sizes = sizes();
            }
        }
        double[] total = new double[clusters * rows.columns()];
        for (AssignedChunk chunk : chunks) {
            for (int i = 0; i < total.length; i++) {
                total[i] += chunk.sums()[i];
            }
        }
        double[] moves = new double[clusters];
        for (int k = 0; k < clusters; k++) {
            double[] sum = Arrays.copyOfRange(total, k * rows.columns(), (k + 1) * rows.columns());
            moves[k] = move(centers, k, sum, unit ? length(sum) : sizes[k]);
        }
        return CenterMoves.of(centers, moves);
    }

    private long[] sizes() {
        long[] sizes = new long[clusters];
        for (AssignedChunk chunk : chunks) {
            for (int k = 0; k < clusters; k++) {
                sizes[k] += chunk.counts()[k];
            }
        }
        return sizes;
    }

    private boolean takeFarthest(int empty, long[] sizes) {
        AssignedChunk owner = chunks[0];
        for (AssignedChunk chunk : chunks) {
            owner = chunk.farthest(sizes) > owner.farthest(sizes) ? chunk : owner;
        }
        return owner.giveFarthest(empty, sizes);
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
    }

    private static double move(FloatMatrix centers, int k, double[] sum, double divisor) {
        double moved = 0;
        for (int i = 0; i < sum.length && divisor > 0; i++) {
            float to = (float) (sum[i] / divisor);
            double step = to - centers.get(k, i);
            moved += step * step;
            centers.set(k, i, to);
        }
        return Math.sqrt(moved);
    }

    /// The sum of the squared distances of the points to the centres that they are assigned to, in double
    /// precision.
    double inertia(FloatMatrix centers) {
        double[] parts = new double[chunks.length];
        pool.forEach(chunks.length, i -> parts[i] = chunks[i].inertia(centers));
        return Arrays.stream(parts).sum();
    }
}
