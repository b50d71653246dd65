package org.patchlens.neighbor;

import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Nearly all of the nearest neighbours, without comparing every pair of points.
///
/// A point is compared with the blocks whose centres are not much farther away than the neighbours that it has
/// found: as far as most of the neighbours of a sample of points lie, which are searched exactly. Distances
/// are computed as in [ExactNeighbors]; what may be missing is some of the neighbours. How many are found is
/// measured on another sample.
///
/// The same bytes for any number of threads. About N^1.5 D operations.
public final class ApproximateNeighbors {
    /// The share of the neighbours within reach.
    private static final double WANTED = 0.99;

    /// More are found than are within reach, since points see farther before they know their own neighbours, and
    /// all the more where few are wanted: this share is tried first, which takes a fifth less time.
    private static final double WANTED_OF_FEW = 0.95;

    private static final int FEW = 30;
    private static final double ENOUGH = 0.985;

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
        NeighborSample known = sample.first(half);
        NeighborSample judges = sample.from(half);
        if (k <= FEW) {
            Reach narrow = new LikelyReach(blocks, known.reach(blocks, WANTED_OF_FEW));
            NeighborGraph graph =
                    new BlockSearch(space, blocks, List.of(narrow), pool).graph(k, share -> progress.accept(share / 2));
            double recall = judges.recall(graph);
            if (recall >= ENOUGH) {
                return new MeasuredGraph(graph, recall);
            }
        }
        double from = k <= FEW ? 0.5 : 0;
        Reach reach = new LikelyReach(blocks, known.reach(blocks, WANTED));
        NeighborGraph graph = new BlockSearch(space, blocks, List.of(reach), pool)
                .graph(k, share -> progress.accept(from + share * (1 - from)));
        return new MeasuredGraph(graph, judges.recall(graph));
    }
}
