package org.patchlens.cluster;

/// Where k-means starts.
public enum Seeding {
    /// Points drawn with a chance that grows with the squared distance to those drawn before, the best of 2 + ln K
    /// candidates each time (Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding").
    KMEANS_PLUS_PLUS,
    /// The point farthest from all before (Gonzalez 1985, "Clustering to minimize the maximum intercluster
    /// distance"): finds small groups, and outliers too.
    FARTHEST_FIRST
}
