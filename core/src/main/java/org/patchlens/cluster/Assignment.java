package org.patchlens.cluster;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Which centre every point is nearest to, and where the centres of the points so assigned lie.
///
/// Points are cut into at most 64 chunks, each with sums of its own that are added in the order of the chunks.
final class Assignment {
    private static final int MOST_CHUNKS = 64;
    private static final int TILE = 256;

    private final FloatMatrix rows;
    private final int clusters;
    private final TaskPool pool;
    private final int chunkRows;
    private final int chunks;
    private final int[] labels;
    private final float[] scores;
    private final double[][] sums;
    private final int[][] counts;
    private final boolean[] changed;

    Assignment(FloatMatrix rows, int clusters, TaskPool pool) {
        this.rows = rows;
        this.clusters = clusters;
        this.pool = pool;
        int tiles = Math.ceilDiv(rows.rows(), TILE);
        chunkRows = TILE * Math.ceilDiv(tiles, MOST_CHUNKS);
        chunks = Math.ceilDiv(rows.rows(), chunkRows);
        labels = new int[rows.rows()];
        scores = new float[rows.rows()];
        sums = new double[chunks][clusters * rows.columns()];
        counts = new int[chunks][clusters];
        changed = new boolean[chunks];
    }

    /// Nothing is assigned.
    void forget() {
        Arrays.fill(labels, -1);
    }

    int[] labels() {
        return labels.clone();
    }

    /// Assigns every point to the nearest centre, the first of equally near ones.
    ///
    /// @param centers `float[K][D]`
    /// @return whether a point changed
    boolean assign(FloatMatrix centers) {
        float[] squares = squares(centers);
        pool.forEach(chunks, chunk -> assignChunk(chunk, centers, squares));
        boolean any = false;
        for (boolean one : changed) {
            any |= one;
        }
        return any;
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

    private void assignChunk(int chunk, FloatMatrix centers, float[] squares) {
        Arrays.fill(sums[chunk], 0);
        Arrays.fill(counts[chunk], 0);
        changed[chunk] = false;
        float[] products = new float[TILE * clusters];
        float[] values = new float[TILE * rows.columns()];
        int end = Math.min(rows.rows(), (chunk + 1) * chunkRows);
        for (int from = chunk * chunkRows; from < end; from += TILE) {
            int to = Math.min(end, from + TILE);
            FloatMatrix tile = rows.rows(from, to);
            MemorySegment.copy(tile.segment(), FloatMatrix.FLOAT, 0, values, 0, (int) tile.size());
            MatrixProduct.multiply(
                    Panel.of(tile), Panel.of(centers).transpose(), Panel.of(products, to - from, clusters));
            for (int i = from; i < to; i++) {
                int nearest = nearest(products, (i - from) * clusters, squares, i);
                changed[chunk] |= nearest != labels[i];
                labels[i] = nearest;
                counts[chunk][nearest]++;
                add(values, (i - from) * rows.columns(), sums[chunk], nearest * rows.columns());
            }
        }
    }

    /// |c|^2 - 2 x.c is the squared distance but for |x|^2, which is the same for all centres.
    private int nearest(float[] products, int at, float[] squares, int point) {
        int nearest = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int k = 0; k < squares.length; k++) {
            float score = squares[k] - 2 * products[at + k];
            if (score < least) {
                least = score;
                nearest = k;
            }
        }
        scores[point] = least;
        return nearest;
    }

    private void add(float[] values, int from, double[] sum, int to) {
        for (int i = 0; i < rows.columns(); i++) {
            sum[to + i] += values[from + i];
        }
    }

    /// Moves each centre to the mean of its points; a centre without points takes the point farthest from its own.
    ///
    /// @param unit whether centres are scaled to length 1
    /// @return the sum of the squared moves
    double moveCenters(FloatMatrix centers, boolean unit) {
        double[] total = new double[clusters * rows.columns()];
        int[] sizes = new int[clusters];
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int i = 0; i < total.length; i++) {
                total[i] += sums[chunk][i];
            }
            for (int k = 0; k < clusters; k++) {
                sizes[k] += counts[chunk][k];
            }
        }
        for (int k = 0; k < clusters; k++) {
            if (sizes[k] == 0) {
                takeFarthest(k, total, sizes);
            }
        }
        double moved = 0;
        for (int k = 0; k < clusters; k++) {
            moved += move(
                    centers,
                    k,
                    Arrays.copyOfRange(total, k * rows.columns(), (k + 1) * rows.columns()),
                    unit ? Double.NaN : sizes[k]);
        }
        return moved;
    }

    private void takeFarthest(int empty, double[] total, int[] sizes) {
        int farthest = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.length; i++) {
            if (sizes[labels[i]] > 1 && scores[i] + square(i) > most) {
                most = scores[i] + square(i);
                farthest = i;
            }
        }
        if (farthest < 0) {
            return;
        }
        int from = labels[farthest];
        for (int i = 0; i < rows.columns(); i++) {
            total[from * rows.columns() + i] -= rows.get(farthest, i);
            total[empty * rows.columns() + i] = rows.get(farthest, i);
        }
        sizes[from]--;
        sizes[empty] = 1;
        labels[farthest] = empty;
        // its score is that of a point on its centre: it is not taken twice
        scores[farthest] = Float.NEGATIVE_INFINITY;
    }

    private double square(int point) {
        double sum = 0;
        for (int i = 0; i < rows.columns(); i++) {
            sum += (double) rows.get(point, i) * rows.get(point, i);
        }
        return sum;
    }

    /// @param size of the cluster; NaN for a centre of length 1
    private static double move(FloatMatrix centers, int k, double[] sum, double size) {
        double length = Double.isNaN(size)
                ? Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum())
                : size;
        double moved = 0;
        for (int i = 0; i < sum.length && length > 0; i++) {
            float to = (float) (sum[i] / length);
            double step = to - centers.get(k, i);
            moved += step * step;
            centers.set(k, i, to);
        }
        return moved;
    }

    /// The sum of the squared distances of the points to the centres that they are assigned to, in double
    /// precision.
    double inertia(FloatMatrix centers) {
        double[] parts = new double[chunks];
        pool.forEach(chunks, chunk -> {
            int end = Math.min(rows.rows(), (chunk + 1) * chunkRows);
            for (int i = chunk * chunkRows; i < end; i++) {
                parts[chunk] += Distances.squared(rows, i, centers, labels[i]);
            }
        });
        return Arrays.stream(parts).sum();
    }
}
