package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// The nearest neighbours of new points among known ones, exactly.
///
/// Each new point is compared with every known one; the same bytes for any number of threads.
public final class CrossNeighbors {
    private static final int POINTS_PER_TASK = 128;

    private CrossNeighbors() {}

    /// A graph whose points are the new ones and whose neighbours are the known ones.
    ///
    /// @param added `float[M][D]`, finite
    /// @param known `float[N][D]`, finite
    /// @param k K, 1 to N
    public static NeighborGraph of(FloatMatrix added, FloatMatrix known, int k, Metric metric, TaskPool pool) {
        if (k < 1 || k > known.rows() || added.columns() != known.columns()) {
            throw new IllegalArgumentException(k + " neighbours of " + added + " among " + known);
        }
        FloatMatrix all = FloatMatrix.zeros(Math.addExact(known.rows(), added.rows()), known.columns());
        all.rows(0, known.rows()).copyFrom(known);
        all.rows(known.rows(), all.rows()).copyFrom(added);
        PointSpace space = new PointSpace(all, metric);
        FloatMatrix prepared = space.prepared(pool);
        int kept = Math.min(known.rows(), k + PointSpace.SPARE);
        int[] neighbors = new int[Math.multiplyExact(added.rows(), k)];
        FloatMatrix distances = FloatMatrix.zeros(added.rows(), k);
        pool.forEach(Math.ceilDiv(added.rows(), POINTS_PER_TASK), task -> {
            int from = task * POINTS_PER_TASK;
            int[] own = new int[Math.min(POINTS_PER_TASK, added.rows() - from)];
            Arrays.setAll(own, i -> known.rows() + from + i);
            Candidates candidates = new Candidates(own.length, kept);
            Tile.Points points = Tile.Points.of(prepared, own);
            Tile.forEach(prepared, known.rows(), others -> Tile.compare(points, others, candidates));
            for (int i = 0; i < own.length; i++) {
                long[] ranked = space.ranked(own[i], candidates.nearest(i));
                for (int rank = 0; rank < k; rank++) {
                    neighbors[(from + i) * k + rank] = (int) ranked[rank];
                    distances.set(from + i, rank, Candidates.distance(ranked[rank]));
                }
            }
        });
        return new NeighborGraph(neighbors, distances);
    }
}
