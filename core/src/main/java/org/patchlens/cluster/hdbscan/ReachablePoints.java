package org.patchlens.cluster.hdbscan;

import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;

/// Points under the mutual reachability distance: the largest of their distance and both core distances.
///
/// @param rows `float[N][D]`
/// @param graph their nearest neighbours under the Euclidean distance
/// @param minSamples see [HdbscanSettings#minSamples()]; at most one more than the graph has neighbours
record ReachablePoints(FloatMatrix rows, NeighborGraph graph, int minSamples) {
    ReachablePoints {
        if (minSamples - 1 > graph.neighbors() || rows.rows() != graph.points()) {
            throw new IllegalArgumentException(minSamples + " samples of " + rows + " with " + graph);
        }
    }

    int size() {
        return rows.rows();
    }

    /// The distance to the farthest of the `minSamples` points that are nearest, the point itself included.
    float core(int point) {
        return minSamples == 1 ? 0 : graph.distance(point, minSamples - 2);
    }

    /// No point that is not in the graph as a neighbour of this one is nearer.
    float beyond(int point) {
        return graph.distance(point, graph.neighbors() - 1);
    }

    /// The mutual reachability distance to a neighbour in the graph.
    float toNeighbor(int point, int rank) {
        return Math.max(graph.distance(point, rank), Math.max(core(point), core(graph.neighbor(point, rank))));
    }

    /// The mutual reachability distance of any two points.
    float between(int a, int b) {
        double square = 0;
        float[] first = rows.rowToArray(a);
        float[] second = rows.rowToArray(b);
        for (int i = 0; i < first.length; i++) {
            double difference = (double) first[i] - second[i];
            square += difference * difference;
        }
        return Math.max((float) Math.sqrt(square), Math.max(core(a), core(b)));
    }
}
