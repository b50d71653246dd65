package org.patchlens.neighbor;

/// Whether all nearest neighbours are found, or nearly all much faster.
public enum SearchMode {
    /// All of them, by comparing every pair of points.
    EXACT,
    /// Nearly all; how many is measured.
    APPROXIMATE,
    /// Exact up to [NeighborSearch#MOST_EXACT] points, approximate beyond.
    AUTO
}
