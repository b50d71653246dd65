package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Some points drawn by lot whose neighbours are known, found by comparing them with all others.
///
/// @param points their numbers
/// @param nearest the K nearest of each, nearest first
@SuppressWarnings("ArrayRecordComponent") // never compared
record NeighborSample(int[] points, int[][] nearest) {
    private static final int POINTS_PER_TASK = 16;
    private static final long SEED = 2;

    /// @param prepared see [PointSpace#prepared]
    /// @param count of points, at most all
    static NeighborSample of(PointSpace space, FloatMatrix prepared, int count, int k, TaskPool pool) {
        int all = prepared.rows();
        int[] drawn = Draw.some(all, Math.min(all, count), new Seed(SEED));
        int[][] nearest = new int[drawn.length][];
        pool.forEach(Math.ceilDiv(drawn.length, POINTS_PER_TASK), task -> {
            int from = task * POINTS_PER_TASK;
            int[] own = Arrays.copyOfRange(drawn, from, Math.min(drawn.length, from + POINTS_PER_TASK));
            Candidates candidates = new Candidates(own.length, Math.min(all - 1, k + PointSpace.SPARE));
            Tile.Points queries = Tile.Points.of(prepared, own);
            Tile.forEach(prepared, all, others -> Tile.compare(queries, others, candidates));
            for (int i = 0; i < own.length; i++) {
                nearest[from + i] = space.nearest(own[i], candidates.nearest(i), k);
            }
        });
        return new NeighborSample(drawn, nearest);
    }

    /// Those from one place in the sample on.
    NeighborSample from(int place) {
        return new NeighborSample(
                Arrays.copyOfRange(points, place, points.length), Arrays.copyOfRange(nearest, place, points.length));
    }

    /// Those up to one place in the sample.
    NeighborSample first(int count) {
        return new NeighborSample(Arrays.copyOf(points, count), Arrays.copyOf(nearest, count));
    }

    /// How far away, at most, the centre of a block is that holds one of a wanted share of the neighbours; the
    /// square of that distance, as a multiple of the squared distance of the point's last neighbour.
    float reach(PointBlocks blocks, double share) {
        int[] blockOf = blocks.blockOfEach();
        int k = nearest[0].length;
        double[] reaches = new double[points.length * k];
        for (int i = 0; i < points.length; i++) {
            double radius = blocks.squaredDistance(points[i], nearest[i][k - 1]);
            for (int rank = 0; rank < k; rank++) {
                double square = blocks.squaredDistanceToCenter(points[i], blockOf[nearest[i][rank]]);
                // where all neighbours are the same point, any other place is infinitely far
                reaches[i * k + rank] = square == 0 ? 0 : square / radius;
            }
        }
        Arrays.sort(reaches);
        return (float) reaches[Math.min(reaches.length - 1, (int) (share * reaches.length))];
    }

    /// The share of the neighbours that are in a graph.
    double recall(NeighborGraph graph) {
        long found = 0;
        for (int i = 0; i < points.length; i++) {
            int[] sorted = nearest[i].clone();
            Arrays.sort(sorted);
            for (int rank = 0; rank < graph.neighbors(); rank++) {
                found += Arrays.binarySearch(sorted, graph.neighbor(points[i], rank)) >= 0 ? 1 : 0;
            }
        }
        return (double) found / ((long) points.length * graph.neighbors());
    }
}
