package org.patchlens.cluster;

import org.patchlens.neighbor.Metric;

/// How k-means is run.
///
/// @param clusters K, at least 1
/// @param metric Euclidean, or cosine for spherical k-means: rows and centres have length 1 (Dhillon and Modha
///     2001, "Concept decompositions for large sparse text data using clustering")
/// @param seeding where it starts
/// @param restarts how many times it starts; the grouping with the smallest inertia stays
/// @param iterations at most, of each start
/// @param seed of the starts
public record KMeansSettings(int clusters, Metric metric, Seeding seeding, int restarts, int iterations, long seed) {
    public KMeansSettings {
        if (clusters < 1 || restarts < 1 || iterations < 1) {
            throw new IllegalArgumentException(
                    clusters + " clusters, " + restarts + " restarts, " + iterations + " iterations");
        }
    }

    /// Euclidean k-means from four starts by k-means++.
    public static KMeansSettings of(int clusters, long seed) {
        return new KMeansSettings(clusters, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 4, 300, seed);
    }
}
