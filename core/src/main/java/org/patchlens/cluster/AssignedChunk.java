package org.patchlens.cluster;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;

/// Some of the points, their centres and the sums of the points of each. One thread at a time.
final class AssignedChunk {
    private static final int BATCH = 256;

    private final FloatMatrix rows;
    private final int clusters;
    private final int columns;
    private final int[] labels;
    /// A point is no farther from its centre.
    private final float[] upper;
    /// A point is no nearer to any other centre.
    private final float[] lower;

    private final double[] sums;
    private final int[] counts;
    private boolean changed;

    AssignedChunk(FloatMatrix rows, int clusters) {
        this.rows = rows;
        this.clusters = clusters;
        columns = rows.columns();
        labels = new int[rows.rows()];
        upper = new float[rows.rows()];
        lower = new float[rows.rows()];
        sums = new double[clusters * columns];
        counts = new int[clusters];
    }

    void forget() {
        Arrays.fill(labels, -1);
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
    }

    /// The centre of each point; not to be changed.
    int[] labels() {
        return labels;
    }

    /// The sum of the points of each centre, `double[K * D]`; not to be changed.
    double[] sums() {
        return sums;
    }

    /// The number of points of each centre; not to be changed.
    int[] counts() {
        return counts;
    }

    /// Whether the last call of [#assign] changed a point.
    boolean hasChanged() {
        return changed;
    }

    void assign(FloatMatrix centers, float[] squares, CenterMoves moves) {
        changed = false;
        Batch batch = new Batch(centers, squares);
        for (int point = 0; point < labels.length; point++) {
            if (mayChange(point, moves)) {
                batch.add(point);
            }
        }
        batch.flush();
    }

    private boolean mayChange(int point, CenterMoves moves) {
        int label = labels[point];
        if (label < 0) {
            return true;
        }
        upper[point] += moves.of(label);
        lower[point] -= moves.others(label);
        return !(upper[point] < Math.max(lower[point], moves.halfGap(label)));
    }

    /// Points that are compared with all centres together.
    private final class Batch {
        private final FloatMatrix centers;
        private final float[] squares;
        private final int[] points = new int[BATCH];
        private final float[] values = new float[BATCH * columns];
        private final float[] products = new float[BATCH * clusters];
        private int size;

        Batch(FloatMatrix centers, float[] squares) {
            this.centers = centers;
            this.squares = squares;
        }

        void add(int point) {
            MemorySegment.copy(
                    rows.segment(),
                    FloatMatrix.FLOAT,
                    (long) point * columns * Float.BYTES,
                    values,
                    size * columns,
                    columns);
            points[size++] = point;
            if (size == BATCH) {
                flush();
            }
        }

        void flush() {
            if (size > 0) {
                MatrixProduct.multiply(
                        Panel.of(values, size, columns),
                        Panel.of(centers).transpose(),
                        Panel.of(products, size, clusters));
            }
            for (int i = 0; i < size; i++) {
                decide(points[i], i);
            }
            size = 0;
        }

        /// |c|^2 - 2 x.c is the squared distance but for |x|^2, which is the same for all centres.
        private void decide(int point, int place) {
            int nearest = 0;
            float least = Float.POSITIVE_INFINITY;
            float next = Float.POSITIVE_INFINITY;
            for (int k = 0; k < clusters; k++) {
                float score = squares[k] - 2 * products[place * clusters + k];
                if (score < next) {
                    if (score < least) {
                        next = least;
                        least = score;
                        nearest = k;
                    } else {
                        next = score;
                    }
                }
            }
            float own = square(place);
            upper[point] = (float) Math.sqrt(Math.max(0, own + least));
            lower[point] = (float) Math.sqrt(Math.max(0, own + next));
            if (nearest != labels[point]) {
                changed = true;
                relabel(point, nearest, values, place * columns);
            }
        }

        private float square(int place) {
            float even = 0;
            float odd = 0;
            int at = place * columns;
            int end = at + columns;
            for (; at + 1 < end; at += 2) {
                even += values[at] * values[at];
                odd += values[at + 1] * values[at + 1];
            }
            return at < end ? even + odd + values[at] * values[at] : even + odd;
        }
    }

    private void relabel(int point, int label, float[] values, int at) {
        int old = labels[point];
        labels[point] = label;
        counts[label]++;
        for (int i = 0; i < columns; i++) {
            sums[label * columns + i] += values[at + i];
        }
        if (old >= 0) {
            counts[old]--;
            for (int i = 0; i < columns; i++) {
                sums[old * columns + i] -= values[at + i];
            }
        }
    }

    /// How far the point is from its centre, at most, that is farthest among those that are not alone; negative if
    /// there is none.
    float farthest(long[] sizes) {
        int point = farthestPoint(sizes);
        return point < 0 ? -1 : upper[point];
    }

    /// Gives the farthest point to a centre that has none.
    ///
    /// @return whether there was one
    boolean giveFarthest(int empty, long[] sizes) {
        int point = farthestPoint(sizes);
        if (point >= 0) {
            relabel(point, empty, rows.rowToArray(point), 0);
            upper[point] = 0;
            lower[point] = 0;
        }
        return point >= 0;
    }

    private int farthestPoint(long[] sizes) {
        int farthest = -1;
        for (int point = 0; point < labels.length; point++) {
            if (sizes[labels[point]] > 1 && (farthest < 0 || upper[point] > upper[farthest])) {
                farthest = point;
            }
        }
        return farthest;
    }

    double inertia(FloatMatrix centers) {
        double sum = 0;
        for (int point = 0; point < labels.length; point++) {
            sum += Distances.squared(rows, point, centers, labels[point]);
        }
        return sum;
    }
}
