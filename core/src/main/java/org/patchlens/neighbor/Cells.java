package org.patchlens.neighbor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Points divided by a rough k-means, so that near points are mostly in the same cell or in cells near to it.
///
/// @param members of each cell, ascending
/// @param cellOf each point
/// @param nearest for each cell, all cells, nearest centre first, itself among them
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cells(List<int[]> members, int[] cellOf, List<int[]> nearest) {
    private static final int ROUNDS = 8;
    private static final int SAMPLE_PER_CELL = 48;
    private static final int ROWS_PER_TASK = 256;

    /// A cell with more than this many times the mean is cut into pieces: many equal points must not bring back
    /// the comparison of everything with everything.
    private static final int LARGEST = 4;

    private static final long SEED = 1;

    /// @param prepared see [PointSpace#prepared]
    static Cells of(FloatMatrix prepared, TaskPool pool) {
        int count = Math.max(1, Math.min(prepared.rows() / 2, (int) (4 * Math.sqrt(prepared.rows()))));
        FloatMatrix sample = sample(prepared, count * SAMPLE_PER_CELL);
        FloatMatrix centers = FloatMatrix.zeros(count, prepared.columns());
        centers.copyFrom(sample.rows(0, count));
        for (int round = 0; round < ROUNDS; round++) {
            moveCenters(sample, centers, assign(sample, centers, pool));
        }
        List<int[]> members = pieces(assign(prepared, centers, pool), count);
        int[] cellOf = new int[prepared.rows()];
        FloatMatrix pieceCenters = FloatMatrix.zeros(members.size(), prepared.columns());
        for (int cell = 0; cell < members.size(); cell++) {
            for (int point : members.get(cell)) {
                cellOf[point] = cell;
            }
        }
        moveCenters(prepared, pieceCenters, cellOf);
        return new Cells(members, cellOf, order(pieceCenters, pool));
    }

    /// Points drawn by lot, in the order in which they were drawn.
    private static FloatMatrix sample(FloatMatrix prepared, int most) {
        int[] numbers = Draw.some(prepared.rows(), Math.min(most, prepared.rows()), new Seed(SEED));
        FloatMatrix sample = FloatMatrix.zeros(numbers.length, prepared.columns());
        for (int i = 0; i < numbers.length; i++) {
            sample.row(i).copyFrom(prepared.row(numbers[i]));
        }
        return sample;
    }

    /// The nearest centre of each row, the first of equally near ones.
    private static int[] assign(FloatMatrix rows, FloatMatrix centers, TaskPool pool) {
        int[] nearest = new int[rows.rows()];
        pool.forEach(Math.ceilDiv(rows.rows(), ROWS_PER_TASK), task -> {
            int from = task * ROWS_PER_TASK;
            int to = Math.min(rows.rows(), from + ROWS_PER_TASK);
            float[] distances = new float[(to - from) * centers.rows()];
            MatrixProduct.multiply(
                    PointSpace.mirrored(rows.rows(from, to)),
                    Panel.of(centers).transpose(),
                    Panel.of(distances, to - from, centers.rows()));
            for (int row = from, at = 0; row < to; row++) {
                float least = Float.POSITIVE_INFINITY;
                for (int center = 0; center < centers.rows(); center++, at++) {
                    if (distances[at] < least) {
                        least = distances[at];
                        nearest[row] = center;
                    }
                }
            }
        });
        return nearest;
    }

    /// Puts each centre into the mean of its rows; a centre without rows stays.
    private static void moveCenters(FloatMatrix rows, FloatMatrix centers, int[] nearest) {
        int dimensions = rows.columns() - 2;
        double[] sums = new double[centers.rows() * dimensions];
        int[] counts = new int[centers.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            counts[nearest[row]]++;
            float[] values = rows.rowToArray(row);
            for (int i = 0, at = nearest[row] * dimensions; i < dimensions; i++) {
                sums[at++] += values[i];
            }
        }
        for (int center = 0; center < centers.rows(); center++) {
            double square = 0;
            for (int i = 0; i < dimensions && counts[center] > 0; i++) {
                float value = (float) (sums[center * dimensions + i] / counts[center]);
                centers.set(center, i, value);
                square += (double) value * value;
            }
            if (counts[center] > 0) {
                centers.set(center, dimensions, 1);
                centers.set(center, dimensions + 1, (float) square);
            }
        }
    }

    private static List<int[]> pieces(int[] nearest, int count) {
        int[] sizes = new int[count];
        for (int center : nearest) {
            sizes[center]++;
        }
        int[][] members =
                IntStream.range(0, count).mapToObj(i -> new int[sizes[i]]).toArray(int[][]::new);
        Arrays.fill(sizes, 0);
        for (int point = 0; point < nearest.length; point++) {
            members[nearest[point]][sizes[nearest[point]]++] = point;
        }
        int largest = LARGEST * Math.ceilDiv(nearest.length, count);
        List<int[]> pieces = new ArrayList<>();
        for (int[] cell : members) {
            for (int from = 0; from < cell.length; from += largest) {
                pieces.add(Arrays.copyOfRange(cell, from, Math.min(cell.length, from + largest)));
            }
        }
        return pieces;
    }

    private static List<int[]> order(FloatMatrix centers, TaskPool pool) {
        int[][] order = new int[centers.rows()][];
        pool.forEach(centers.rows(), cell -> {
            float[] distances = new float[centers.rows()];
            MatrixProduct.multiply(
                    PointSpace.mirrored(centers.row(cell)),
                    Panel.of(centers).transpose(),
                    Panel.of(distances, 1, distances.length));
            distances[cell] = Float.NEGATIVE_INFINITY; // itself first, whatever rounding says
            order[cell] = IntStream.range(0, distances.length)
                    .mapToLong(other -> Candidates.key(distances[other], other))
                    .sorted()
                    .mapToInt(key -> (int) key)
                    .toArray();
        });
        return List.of(order);
    }
}
