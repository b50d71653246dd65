package org.patchlens.cluster.hdbscan;

/// What counts as a cluster.
///
/// @param minClusterSize the smallest number of points of a cluster, at least 2
/// @param minSamples how many points, itself included, lie within a point's core distance, at least 1: the larger,
///     the more points are noise
/// @param selection which groups become clusters
public record HdbscanSettings(int minClusterSize, int minSamples, GroupSelection selection) {
    public HdbscanSettings {
        if (minClusterSize < 2 || minSamples < 1) {
            throw new IllegalArgumentException(minClusterSize + " points of a cluster, " + minSamples + " samples");
        }
    }

    /// How many neighbours of each point the search for the spanning tree is quick with.
    public int neighbors() {
        return Math.max(15, 2 * (minSamples - 1));
    }
}
