package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.Objects;
import org.patchlens.tensor.FloatMatrix;

/// The K nearest other points of each of N points, nearest first, equal distances in the order of the points.
public final class NeighborGraph {
    private final int[] neighbors;
    private final FloatMatrix distances;

    /// @param neighbors `int[N * K]`, K after K; kept, not copied
    /// @param distances `float[N][K]`
    NeighborGraph(int[] neighbors, FloatMatrix distances) {
        if (neighbors.length != distances.size()) {
            throw new IllegalArgumentException(neighbors.length + " neighbours and " + distances);
        }
        this.neighbors = neighbors;
        this.distances = distances;
    }

    /// N, the number of points.
    public int points() {
        return distances.rows();
    }

    /// K, the number of neighbours of each point.
    public int neighbors() {
        return distances.columns();
    }

    /// The neighbour of rank 0 to K - 1 of a point.
    public int neighbor(int point, int rank) {
        Objects.checkIndex(rank, neighbors());
        return neighbors[point * neighbors() + rank];
    }

    /// The distance to the neighbour of rank 0 to K - 1 of a point.
    public float distance(int point, int rank) {
        return distances.get(point, rank);
    }

    /// All distances, `float[N][K]`.
    public FloatMatrix distances() {
        return distances;
    }

    /// The graph of the first neighbours of each point only.
    ///
    /// @param fewer 1 to K
    public NeighborGraph first(int fewer) {
        Objects.checkIndex(fewer - 1, neighbors());
        int[] nearest = new int[points() * fewer];
        FloatMatrix nearestDistances = FloatMatrix.zeros(points(), fewer);
        for (int point = 0; point < points(); point++) {
            System.arraycopy(neighbors, point * neighbors(), nearest, point * fewer, fewer);
            for (int rank = 0; rank < fewer; rank++) {
                nearestDistances.set(point, rank, distance(point, rank));
            }
        }
        return new NeighborGraph(nearest, nearestDistances);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NeighborGraph that
                && distances.equals(that.distances)
                && Arrays.equals(neighbors, that.neighbors);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(neighbors) + distances.hashCode();
    }

    @Override
    public String toString() {
        return "NeighborGraph[" + points() + " points, " + neighbors() + " neighbours each]";
    }
}
