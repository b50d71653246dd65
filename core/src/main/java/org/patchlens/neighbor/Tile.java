package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HitFinder;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;

/// Compares some points with some others by matrix products.
final class Tile {
    /// The points that are compared at a time.
    static final int COLUMNS = 1024;

    /// Their distances stay in the second-level cache.
    private static final int STRIP = 128;

    private static final HitFinder HITS = HitFinder.chosen();

    private Tile() {}

    /// Some points and their rows, one after the other.
    ///
    /// @param numbers of the points
    /// @param rows prepared, see [PointSpace#prepared]
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Points(int[] numbers, FloatMatrix rows) {
        static Points of(FloatMatrix prepared, int[] numbers) {
            FloatMatrix rows = FloatMatrix.zeros(numbers.length, prepared.columns());
            for (int i = 0; i < numbers.length; i++) {
                rows.row(i).copyFrom(prepared.row(numbers[i]));
            }
            return new Points(numbers, rows);
        }
    }

    /// Goes through the first points, [#COLUMNS] at a time.
    static void forEach(FloatMatrix prepared, int count, Consumer<Points> work) {
        for (int from = 0; from < count; from += COLUMNS) {
            int first = from;
            int end = Math.min(count, from + COLUMNS);
            int[] numbers = new int[end - from];
            Arrays.setAll(numbers, i -> first + i);
            work.accept(new Points(numbers, prepared.rows(from, end)));
        }
    }

    /// Offers the others to each of the points, but not a point to itself.
    static void compare(Points own, Points others, Candidates candidates) {
        int columns = others.numbers.length;
        if (columns == 0) {
            return;
        }
        float[] unlimited = new float[columns];
        Arrays.fill(unlimited, Float.NEGATIVE_INFINITY);
        float[] distances = new float[Math.min(STRIP, own.numbers.length) * columns];
        for (int from = 0; from < own.numbers.length; from += STRIP) {
            int rows = Math.min(STRIP, own.numbers.length - from);
            MatrixProduct.multiply(
                    PointSpace.mirrored(own.rows.rows(from, from + rows)),
                    Panel.of(others.rows).transpose(),
                    Panel.of(distances, rows, columns));
            for (int row = from; row < from + rows; row++) {
                int offset = (row - from) * columns;
                float[] limits = candidates.limits();
                int column = HITS.next(distances, offset, 0, columns, limits[row], unlimited);
                while (column < columns) {
                    if (others.numbers[column] != own.numbers[row]) {
                        candidates.offer(row, distances[offset + column], others.numbers[column]);
                    }
                    column = HITS.next(distances, offset, column + 1, columns, limits[row], unlimited);
                }
            }
        }
    }
}
