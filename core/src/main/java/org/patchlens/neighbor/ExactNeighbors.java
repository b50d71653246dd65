package org.patchlens.neighbor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HitFinder;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// The nearest neighbours by comparing every pair of points once.
///
/// Squared distances of blocks of points come from a matrix product, |a|^2 + |b|^2 - 2 a.b, and each serves both
/// its row and its column. They only choose candidates, a few more than asked for; the distances that are
/// returned, and the final order, are computed from the rows themselves in double precision. Among more points at
/// the same distance, within the rounding of single precision, than there are spare candidates, some nearer by
/// less than that rounding may be missed.
///
/// N^2 D operations; N (2 K + 80) x 8 bytes of memory.
public final class ExactNeighbors {
    /// The rows of a tile that are multiplied at a time: their distances stay in the second-level cache.
    private static final int STRIP = 256;

    private static final HitFinder HITS = HitFinder.chosen();

    private final int points;
    private final int block;
    private final FloatMatrix prepared;
    private final List<Candidates> candidates = new ArrayList<>();

    private ExactNeighbors(FloatMatrix prepared, int kept) {
        this.prepared = prepared;
        points = prepared.rows();
        block = points > 16_384 ? 1024 : 256;
        for (int from = 0; from < points; from += block) {
            candidates.add(new Candidates(Math.min(block, points - from), kept));
        }
    }

    /// The K nearest other points of every point.
    ///
    /// @param rows `float[N][D]`, finite
    /// @param k K, 1 to N - 1
    public static NeighborGraph of(FloatMatrix rows, int k, Metric metric, TaskPool pool) {
        return of(rows, k, metric, pool, done -> {});
    }

    /// The same, for somebody who waits.
    ///
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static NeighborGraph of(FloatMatrix rows, int k, Metric metric, TaskPool pool, DoubleConsumer progress) {
        if (k < 1 || k >= rows.rows()) {
            throw new IllegalArgumentException(k + " neighbours of " + rows.rows() + " points");
        }
        PointSpace space = new PointSpace(rows, metric);
        ExactNeighbors search =
                new ExactNeighbors(space.prepared(pool), Math.min(rows.rows() - 1, k + PointSpace.SPARE));
        search.compareAll(pool, progress);
        return space.rank(point -> search.nearest(point), k, pool);
    }

    private int[] nearest(int point) {
        return candidates.get(point / block).nearest(point % block);
    }

    /// First every block with itself, then rounds in which no block meets two others, as in a tournament of
    /// everybody against everybody: no two tasks share candidates.
    private void compareAll(TaskPool pool, DoubleConsumer progress) {
        int blocks = candidates.size();
        pool.forEach(blocks, i -> compare(i, i));
        int players = blocks + blocks % 2;
        for (int round = 0; round < players - 1; round++) {
            int fixed = round;
            progress.accept((double) round / players);
            pool.forEach(players / 2, table -> {
                int a = table == 0 ? players - 1 : (fixed + table) % (players - 1);
                int b = (fixed - table + players - 1) % (players - 1);
                if (a < blocks && b < blocks) {
                    compare(Math.min(a, b), Math.max(a, b));
                }
            });
        }
    }

    private void compare(int rowBlock, int columnBlock) {
        FloatMatrix left = block(rowBlock);
        FloatMatrix right = block(columnBlock);
        float[] distances = new float[STRIP * right.rows()];
        for (int from = 0; from < left.rows(); from += STRIP) {
            int rows = Math.min(STRIP, left.rows() - from);
            MatrixProduct.multiply(
                    PointSpace.mirrored(left.rows(from, from + rows)),
                    Panel.of(right).transpose(),
                    Panel.of(distances, rows, right.rows()));
            for (int row = 0; row < rows; row++) {
                if (rowBlock == columnBlock) {
                    offerRow(distances, row * right.rows(), rowBlock, from + row);
                } else {
                    offerBoth(distances, row * right.rows(), rowBlock, from + row, columnBlock);
                }
            }
        }
    }

    private FloatMatrix block(int number) {
        return prepared.rows(number * block, Math.min(points, (number + 1) * block));
    }

    /// Within a block every pair is met twice: only the row takes the distance.
    private void offerRow(float[] distances, int offset, int number, int row) {
        Candidates own = candidates.get(number);
        for (int column = 0; column < own.limits().length; column++) {
            if (distances[offset + column] <= own.limits()[row] && column != row) {
                own.offer(row, distances[offset + column], number * block + column);
            }
        }
    }

    private void offerBoth(float[] distances, int offset, int rowBlock, int row, int columnBlock) {
        Candidates own = candidates.get(rowBlock);
        Candidates other = candidates.get(columnBlock);
        float[] rowLimits = own.limits();
        float[] columnLimits = other.limits();
        int columns = columnLimits.length;
        int column = HITS.next(distances, offset, 0, columns, rowLimits[row], columnLimits);
        while (column < columns) {
            float distance = distances[offset + column];
            if (distance <= rowLimits[row]) {
                own.offer(row, distance, columnBlock * block + column);
            }
            if (distance <= columnLimits[column]) {
                other.offer(column, distance, rowBlock * block + row);
            }
            column = HITS.next(distances, offset, column + 1, columns, rowLimits[row], columnLimits);
        }
    }
}
