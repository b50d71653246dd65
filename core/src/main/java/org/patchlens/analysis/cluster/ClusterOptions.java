package org.patchlens.analysis.cluster;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.cluster.KMeansSettings;
import org.patchlens.cluster.Seeding;
import org.patchlens.cluster.hdbscan.GroupSelection;
import org.patchlens.cluster.hdbscan.HdbscanSettings;
import org.patchlens.embedding.Layer;
import org.patchlens.neighbor.Metric;
import org.patchlens.point.MaskRegion;
import org.patchlens.point.PointChoice;
import org.patchlens.point.PointUnit;
import org.patchlens.point.SampleUnit;
import org.patchlens.study.metadata.RowFilter;

/// What is grouped, and how.
///
/// @param method of grouping
/// @param points what a point is
/// @param layer the deepest that is stored if empty
/// @param clusters K of k-means
/// @param metric between embeddings; cosine makes k-means spherical
/// @param seeding where k-means starts
/// @param restarts of k-means
/// @param minClusterSize of HDBSCAN
/// @param minSamples of HDBSCAN
/// @param selection of HDBSCAN
/// @param components that points are reduced to first
/// @param most points at most
/// @param each points at most of each image or patient
/// @param sampleBy among what points are shared out
/// @param patient the column that tells patients apart
/// @param where the images to choose from, as a filter over the metadata
/// @param maskClass whose patches are chosen; all if empty
/// @param coverage of a patch by the mask class at least
/// @param factor above which multiple of the median norm a patch is left out
/// @param exemplars of each cluster
/// @param shown images at most in the colours of the clusters
/// @param columns of the metadata by which clusters are described; those with few values if empty
/// @param compare a column that the clusters are compared with
/// @param seed of the sample and of the starts
/// @param threads 0 for one per processor
public record ClusterOptions(
        @Doc("How points are grouped: kmeans into a number of round clusters, hdbscan into dense groups of any"
                + " shape and noise between them")
        Method method,

        @Doc("What a point is: a patch, an image by its CLS token, or an image by the mean of its patches")
        PointUnit points,

        @Doc("Layer to group; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc(value = "Clusters of kmeans", min = 1, max = MOST_CLUSTERS)
        int clusters,

        @Doc("Distance between embeddings; cosine makes kmeans spherical")
        Metric metric,

        @Doc("Where kmeans starts; farthest-first finds small groups, and outliers too")
        Seeding seeding,

        @Doc(value = "Starts of kmeans, of which the best stays", min = 1, max = MOST_RESTARTS)
        int restarts,

        @Doc(value = "Points of a cluster of hdbscan at least", min = 2, max = MOST_POINTS)
        int minClusterSize,

        @Doc(
                value = "Points within the core distance of hdbscan: the more, the more points are noise",
                min = 1,
                max = MOST_SAMPLES)
        int minSamples,

        @Doc("Which groups hdbscan chooses: the most persistent, or the smallest")
        GroupSelection selection,

        @Doc(value = "Principal components that points are reduced to first", min = 2, max = MOST_COMPONENTS)
        int components,

        @Doc(
                value = "Points at most; of more, as many are drawn by lot from each image or patient",
                min = FEWEST_POINTS,
                max = MOST_POINTS)
        int most,

        @Doc(value = "Points at most of each image or patient", min = 1, max = MOST_POINTS)
        int each,

        @Doc("Among what points are shared out evenly") SampleUnit sampleBy,

        @Doc("Column that tells patients apart; without it, one that is named like patient or patient_id")
        Optional<String> patient,

        @Doc("Images to choose from, such as site=A and age>=60")
        Optional<String> where,

        @Doc("Mask class whose patches are chosen; without it, all patches")
        Optional<String> maskClass,

        @Doc(value = "Share of a patch that the mask class covers at least", min = SMALLEST_COVERAGE, max = 1)
        double coverage,

        @Doc(
                value = "A patch is left out if its norm exceeds this many times the median",
                min = SMALLEST_FACTOR,
                max = LARGEST_FACTOR)
        double factor,

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
        Optional<String> compare,

        @Doc("Seed of the sample and of the starts") long seed,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final int MOST_CLUSTERS = 1000;
    private static final int MOST_RESTARTS = 1000;
    private static final int MOST_SAMPLES = 500;
    private static final int MOST_COMPONENTS = 4096;
    private static final int FEWEST_POINTS = 4;
    private static final int MOST_POINTS = 1_000_000;
    private static final double SMALLEST_COVERAGE = 0.001;
    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;
    private static final int MOST_EXEMPLARS = 100;
    private static final int MOST_SHOWN = 100;
    private static final int MOST_THREADS = 1024;

    /// How points are grouped.
    public enum Method {
        /// Round clusters of a given number.
        KMEANS,
        /// Dense groups and noise.
        HDBSCAN
    }

    public ClusterOptions {
        columns = List.copyOf(columns);
        check("clusters", clusters, 1, MOST_CLUSTERS);
        check("restarts", restarts, 1, MOST_RESTARTS);
        check("min-cluster-size", minClusterSize, 2, MOST_POINTS);
        check("min-samples", minSamples, 1, MOST_SAMPLES);
        check("components", components, 2, MOST_COMPONENTS);
        check("most", most, FEWEST_POINTS, MOST_POINTS);
        check("each", each, 1, MOST_POINTS);
        check("coverage", coverage, SMALLEST_COVERAGE, 1);
        check("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
        check("exemplars", exemplars, 0, MOST_EXEMPLARS);
        check("shown", shown, 0, MOST_SHOWN);
        check("threads", threads, 0, MOST_THREADS);
    }

    private static void check(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw PatchlensException.usage(option, "is " + value + "; it must be " + low + " to " + high, "");
        }
    }

    /// Eight clusters by k-means of up to 20,000 patches of the deepest layer.
    public static ClusterOptions defaults() {
        return new ClusterOptions(
                Method.KMEANS,
                PointUnit.PATCHES,
                Optional.empty(),
                8,
                Metric.EUCLIDEAN,
                Seeding.KMEANS_PLUS_PLUS,
                4,
                100,
                10,
                GroupSelection.EXCESS_OF_MASS,
                50,
                20_000,
                MOST_POINTS,
                SampleUnit.IMAGE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0.5,
                5,
                6,
                6,
                List.of(),
                Optional.empty(),
                1,
                0);
    }

    /// Which points are grouped.
    PointChoice choice() {
        return PointChoice.all(points)
                .withMost(most, seed)
                .withEach(each)
                .withSampleUnit(sampleBy, patient)
                .withWhere(where.map(RowFilter::parse).orElseGet(RowFilter::all))
                .withRegion(maskClass.map(name -> new MaskRegion(name, coverage)));
    }

    KMeansSettings kMeans() {
        return new KMeansSettings(clusters, metric, seeding, restarts, 300, seed);
    }

    HdbscanSettings hdbscan() {
        return new HdbscanSettings(minClusterSize, minSamples, selection);
    }
}
