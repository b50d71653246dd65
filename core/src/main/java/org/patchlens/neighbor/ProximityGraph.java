package org.patchlens.neighbor;

import java.util.Arrays;

/// A graph over rows in which a walk from anywhere towards a query comes near it: Vamana (Subramanya et al. 2019,
/// "DiskANN: Fast accurate billion-point nearest neighbor search on a single node").
///
/// @param points N
/// @param degree the most edges of a point
/// @param start where every walk begins
/// @param edges `int[N * degree]`, the neighbours of each point, -1 after the last; not to be changed
@SuppressWarnings("ArrayRecordComponent") // a table of millions, compared by its own methods
public record ProximityGraph(int points, int degree, int start, int[] edges) {
    public ProximityGraph {
        if (edges.length != (long) points * degree || start < 0 || start >= points) {
            throw new IllegalArgumentException(
                    edges.length + " edges for " + points + " points of degree " + degree + ", start " + start);
        }
    }

    /// Whether every edge leads to a point; a file may hold anything.
    public boolean isSound() {
        for (int edge : edges) {
            if (edge < -1 || edge >= points) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProximityGraph that
                && points == that.points
                && degree == that.degree
                && start == that.start
                && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(edges) + start;
    }

    @Override
    public String toString() {
        return "ProximityGraph[" + points + " points, at most " + degree + " edges each]";
    }
}
