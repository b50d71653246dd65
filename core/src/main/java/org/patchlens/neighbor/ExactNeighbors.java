package org.patchlens.neighbor;

import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// The nearest neighbours of every point: each is compared with all points that are not proved to be too far away,
/// see [CertainReach].
///
/// The comparisons, in single precision, only choose candidates, a few more than asked for; the distances that are
/// returned, and the final order, are computed from the rows themselves in double precision. Among more points at
/// the same distance, within the rounding of single precision, than there are spare candidates, some nearer by
/// less than that rounding may be missed.
///
/// The same bytes for any number of threads. At most 2 N^2 D operations, of which points in groups need a small
/// part; memory: three times the rows, the graph, and 4 bytes for every pair of blocks.
public final class ExactNeighbors {
    /// Of the neighbours, so many are looked for first: the better those are that a point has, the more is proved
    /// to be too far away.
    private static final double FIRST_SHARE = 0.9;

    private static final int SAMPLE = 64;

    private ExactNeighbors() {}

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
        FloatMatrix prepared = space.prepared(pool);
        PointBlocks blocks = PointBlocks.of(prepared, pool);
        NeighborSample sample = NeighborSample.of(space, prepared, SAMPLE, k, pool);
        Reach first = new LikelyReach(blocks, sample.reach(blocks, FIRST_SHARE));
        Reach rest = CertainReach.of(blocks, rows.columns(), pool);
        return new BlockSearch(space, blocks, List.of(first, rest), pool).graph(k, progress);
    }
}
