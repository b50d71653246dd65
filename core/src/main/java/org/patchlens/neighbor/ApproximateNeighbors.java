package org.patchlens.neighbor;

import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Nearly all of the nearest neighbours, without comparing every pair of points.
///
/// A point is compared with the blocks whose centres are not much farther away than the neighbours that it has
/// found: as far as [#WANTED] of the neighbours of a sample of points lie, which are searched exactly. Distances
/// are computed as in [ExactNeighbors]; what may be missing is some of the neighbours. How many are found is
/// measured on another sample.
///
/// The same bytes for any number of threads. About N^1.5 D operations.
public final class ApproximateNeighbors {
    private static final double WANTED = 0.99;

    private static final int SAMPLE = 256;

    private ApproximateNeighbors() {}

    /// Nearly all of the K nearest other points of every point.
    ///
    /// @param rows `float[N][D]`, finite
    /// @param k K, 1 to N - 1
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static MeasuredGraph of(FloatMatrix rows, int k, Metric metric, TaskPool pool, DoubleConsumer progress) {
        if (k < 1 || k >= rows.rows()) {
            throw new IllegalArgumentException(k + " neighbours of " + rows.rows() + " points");
        }
        PointSpace space = new PointSpace(rows, metric);
        FloatMatrix prepared = space.prepared(pool);
        PointBlocks blocks = PointBlocks.of(prepared, pool);
        NeighborSample sample = NeighborSample.of(space, prepared, 2 * SAMPLE, k, pool);
        int half = sample.points().length / 2;
        Reach reach = new LikelyReach(blocks, sample.first(half).reach(blocks, WANTED));
        NeighborGraph graph = new BlockSearch(space, blocks, List.of(reach), pool).graph(k, progress);
        return new MeasuredGraph(graph, sample.from(half).recall(graph));
    }
}
