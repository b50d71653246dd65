package org.patchlens.analysis.cluster;

import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;
import org.patchlens.analysis.PointOptions;
import org.patchlens.cluster.KMeansSettings;
import org.patchlens.cluster.Seeding;
import org.patchlens.cluster.hdbscan.GroupSelection;
import org.patchlens.cluster.hdbscan.HdbscanSettings;
import org.patchlens.neighbor.Metric;

/// What is grouped, and how.
///
/// @param method of grouping
/// @param from the points to group
/// @param components that points are reduced to first
/// @param metric between embeddings; cosine makes k-means spherical
/// @param kMeans of the method `KMEANS`
/// @param density of the method `HDBSCAN`
/// @param description of the clusters that were found
/// @param execution seed of the sample and of the starts, and threads
public record ClusterOptions(
        @Doc("How points are grouped: kmeans into a number of round clusters, hdbscan into dense groups of any"
                + " shape and noise between them")
        Method method,

        PointOptions from,

        @Doc(value = "Principal components that points are reduced to first", min = 2, max = MOST_COMPONENTS)
        int components,

        @Doc("Distance between embeddings; cosine makes kmeans spherical")
        Metric metric,

        Round kMeans,
        Density density,
        Description description,
        Execution execution) {
    private static final int MOST_COMPONENTS = 4096;

    /// Of k-means; as many as scikit-learn allows.
    private static final int MOST_ITERATIONS = 300;

    /// How points are grouped.
    public enum Method {
        /// Round clusters of a given number.
        KMEANS,
        /// Dense groups and noise.
        HDBSCAN
    }

    /// What k-means looks for.
    ///
    /// @param clusters K
    /// @param seeding where it starts
    /// @param restarts of which the best stays
    public record Round(
            @Doc(value = "Clusters of kmeans", min = 1, max = MOST_CLUSTERS)
            int clusters,

            @Doc("Where kmeans starts; farthest-first finds small groups, and outliers too")
            Seeding seeding,

            @Doc(value = "Starts of kmeans, of which the best stays", min = 1, max = MOST_RESTARTS)
            int restarts) {
        private static final int MOST_CLUSTERS = 1000;
        private static final int MOST_RESTARTS = 1000;

        public Round {
            OptionRange.check("clusters", clusters, 1, MOST_CLUSTERS);
            OptionRange.check("restarts", restarts, 1, MOST_RESTARTS);
        }
    }

    /// What HDBSCAN looks for.
    ///
    /// @param minClusterSize points of a cluster at least
    /// @param minSamples points within the core distance
    /// @param selection of groups out of the tree
    public record Density(
            @Doc(value = "Points of a cluster of hdbscan at least", min = 2, max = PointOptions.Sample.MOST_POINTS)
            int minClusterSize,

            @Doc(
                    value = "Points within the core distance of hdbscan: the more, the more points are noise",
                    min = 1,
                    max = MOST_SAMPLES)
            int minSamples,

            @Doc("Which groups hdbscan chooses: the most persistent, or the smallest")
            GroupSelection selection) {
        private static final int MOST_SAMPLES = 500;

        public Density {
            OptionRange.check("min-cluster-size", minClusterSize, 2, PointOptions.Sample.MOST_POINTS);
            OptionRange.check("min-samples", minSamples, 1, MOST_SAMPLES);
        }
    }

    /// What is told of the clusters.
    ///
    /// @param exemplars of each
    /// @param shown images at most in the colours of the clusters
    /// @param columns of the metadata by which clusters are described; those with few values if empty
    /// @param compare a column that the clusters are compared with
    public record Description(
            @Doc(value = "Exemplars of each cluster", min = 0, max = MOST_EXEMPLARS)
            int exemplars,

            @Doc(
                    value = "Images that are shown in the colours of the clusters, those of the exemplars first",
                    min = 0,
                    max = MOST_SHOWN)
            int shown,

            @Doc("Columns of the metadata by which clusters are described; without them, those with few values")
            List<String> columns,

            @Doc("Column of the metadata that the clusters are compared with, by the adjusted Rand index")
            Optional<String> compare) {
        private static final int MOST_EXEMPLARS = 100;
        private static final int MOST_SHOWN = 100;

        public Description {
            columns = List.copyOf(columns);
            OptionRange.check("exemplars", exemplars, 0, MOST_EXEMPLARS);
            OptionRange.check("shown", shown, 0, MOST_SHOWN);
        }
    }

    public ClusterOptions {
        OptionRange.check("components", components, 2, MOST_COMPONENTS);
    }

    /// Eight clusters by k-means of up to 20,000 patches of the deepest layer.
    public static ClusterOptions defaults() {
        return new ClusterOptions(
                Method.KMEANS,
                PointOptions.defaults(),
                50,
                Metric.EUCLIDEAN,
                new Round(8, Seeding.KMEANS_PLUS_PLUS, 4),
                new Density(100, 10, GroupSelection.EXCESS_OF_MASS),
                new Description(6, 6, List.of(), Optional.empty()),
                Execution.defaults());
    }

    KMeansSettings kMeansSettings() {
        return new KMeansSettings(
                kMeans.clusters, metric, kMeans.seeding, kMeans.restarts, MOST_ITERATIONS, execution.seed());
    }

    HdbscanSettings hdbscanSettings() {
        return new HdbscanSettings(density.minClusterSize, density.minSamples, density.selection);
    }
}
