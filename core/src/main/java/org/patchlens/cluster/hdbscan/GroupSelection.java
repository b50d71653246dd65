package org.patchlens.cluster.hdbscan;

/// Which groups of the condensed tree become clusters.
public enum GroupSelection {
    /// Those that persist longest over the range of densities, by the sum over their points (excess of mass).
    EXCESS_OF_MASS,
    /// The leaves of the tree: more and smaller clusters.
    LEAF
}
