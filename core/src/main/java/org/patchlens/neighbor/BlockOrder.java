package org.patchlens.neighbor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.TaskPool;

/// An order of points in which blocks of the same size hold points that are near to each other.
///
/// All points are cut in two by the plane between the two means of a sample of them, moved so that whole blocks
/// lie on either side; then each part again, until one block is left.
final class BlockOrder {
    private static final int SAMPLE = 256;
    private static final int ROUNDS = 6;

    /// No part is smaller than one in so many: the depth is bounded whatever the points are.
    private static final int SMALLEST_SHARE = 8;

    private final FloatMatrix points;
    private final int size;
    private final long[] keys;

    private BlockOrder(FloatMatrix points, int size) {
        this.points = points;
        this.size = size;
        keys = new long[points.rows()];
        Arrays.setAll(keys, i -> i);
    }

    /// The numbers of the points in that order; the last block may be smaller.
    ///
    /// @param points see [PointSpace#prepared]; the last two columns do not count
    /// @param size of a block
    static int[] of(FloatMatrix points, int size, TaskPool pool) {
        BlockOrder order = new BlockOrder(points, size);
        List<Part> parts = List.of(new Part(0, points.rows()));
        while (!parts.isEmpty()) {
            List<Part> now = parts;
            int[] cuts = new int[now.size()];
            pool.forEach(now.size(), i -> cuts[i] = order.cut(now.get(i)));
            parts = order.pieces(now, cuts);
        }
        return Arrays.stream(order.keys).mapToInt(key -> (int) key).toArray();
    }

    /// @param from first place in the order
    /// @param to the place after the last
    private record Part(int from, int to) {}

    private List<Part> pieces(List<Part> parts, int[] cuts) {
        List<Part> pieces = new ArrayList<>();
        for (int i = 0; i < cuts.length; i++) {
            for (Part piece : List.of(new Part(parts.get(i).from, cuts[i]), new Part(cuts[i], parts.get(i).to))) {
                if (piece.to - piece.from > size) {
                    pieces.add(piece);
                }
            }
        }
        return pieces;
    }

    /// Brings the points of a part to the sides of its plane; where the second side begins.
    private int cut(Part part) {
        int count = part.to - part.from;
        if (count <= size) {
            return part.to;
        }
        Plane plane = plane(part);
        int below = 0;
        for (int at = part.from; at < part.to; at++) {
            float place = plane.place(points, (int) keys[at]);
            below += place < plane.threshold ? 1 : 0;
            keys[at] = Candidates.key(place, (int) keys[at]);
        }
        int blocks = Math.ceilDiv(count, size);
        int smallest = Math.ceilDiv(blocks, SMALLEST_SHARE);
        int first = Math.clamp(Math.round((float) below / size), smallest, blocks - smallest) * size;
        Selection.smallestFirst(keys, part.from, part.to, first);
        return part.from + first;
    }

    /// @param normal `float[1][columns of the points]`
    private record Plane(FloatMatrix normal, float threshold) {
        float place(FloatMatrix points, int point) {
            return Kernels.dot(points, point, normal, 0);
        }
    }

    private Plane plane(Part part) {
        int count = Math.min(SAMPLE, part.to - part.from);
        int[] sample = new int[count];
        Arrays.setAll(sample, i -> (int) keys[part.from + (int) ((long) i * (part.to - part.from) / count)]);
        double[] all = mean(sample, count);
        Plane plane = across(sample, all);
        for (int round = 0; round < ROUNDS; round++) {
            int above = partition(sample, plane);
            if (above == 0 || above == count) {
                return plane;
            }
            double[] first = mean(sample, above);
            double[] rest = new double[first.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = (all[i] * count - first[i] * above) / (count - above);
            }
            plane = between(rest, first);
        }
        return plane;
    }

    /// Those above the plane first; how many they are.
    private int partition(int[] sample, Plane plane) {
        int above = 0;
        for (int i = 0; i < sample.length; i++) {
            if (plane.place(points, sample[i]) >= plane.threshold) {
                int swapped = sample[above];
                sample[above++] = sample[i];
                sample[i] = swapped;
            }
        }
        return above;
    }

    private double[] mean(int[] sample, int count) {
        double[] mean = new double[points.columns() - 2];
        for (int i = 0; i < count; i++) {
            float[] row = points.rowToArray(sample[i]);
            for (int column = 0; column < mean.length; column++) {
                mean[column] += row[column];
            }
        }
        for (int column = 0; column < mean.length; column++) {
            mean[column] /= count;
        }
        return mean;
    }

    /// The plane through the mean across the direction in which the points lie farthest apart, by power iteration.
    private Plane across(int[] sample, double[] mean) {
        float[][] centered = new float[sample.length][mean.length];
        double[] direction = new double[mean.length];
        for (int i = 0; i < sample.length; i++) {
            float[] row = points.rowToArray(sample[i]);
            for (int column = 0; column < mean.length; column++) {
                centered[i][column] = (float) (row[column] - mean[column]);
            }
        }
        add(direction, centered[0], 1);
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[mean.length];
            for (float[] row : centered) {
                add(next, row, dot(direction, row));
            }
            double length = Math.sqrt(dot(next));
            for (int column = 0; column < next.length && length > 0; column++) {
                direction[column] = next[column] / length;
            }
        }
        double[] beyond = mean.clone();
        double[] before = mean.clone();
        for (int column = 0; column < mean.length; column++) {
            beyond[column] += direction[column];
            before[column] -= direction[column];
        }
        return between(before, beyond);
    }

    private static void add(double[] sum, float[] row, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * row[i];
        }
    }

    private static double dot(double[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double dot(double[] a) {
        double sum = 0;
        for (double value : a) {
            sum += value * value;
        }
        return sum;
    }

    /// The plane in the middle between two places, its normal towards the second.
    private Plane between(double[] low, double[] high) {
        FloatMatrix normal = FloatMatrix.zeros(1, points.columns());
        double threshold = 0;
        for (int i = 0; i < low.length; i++) {
            normal.set(0, i, (float) (high[i] - low[i]));
            threshold += (high[i] - low[i]) * (high[i] + low[i]) / 2;
        }
        return new Plane(normal, (float) threshold);
    }
}
