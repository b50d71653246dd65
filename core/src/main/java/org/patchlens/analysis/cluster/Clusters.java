package org.patchlens.analysis.cluster;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.cluster.ClusterOptions.Method;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.point.PointUnit;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Clusters of patches or images, by k-means or HDBSCAN of their first principal components.
public final class Clusters {
    /// The entry of the list of analyses.
    public static final Analysis<ClusterOptions, Result> ANALYSIS = new Analysis<>(
            "cluster",
            "Groups of patches or images, by k-means or density: where they lie, whom they occur in, what is typical",
            ClusterOptions.defaults(),
            Clusters::of,
            ClusterFigures::of);

    private Clusters() {}

    /// A grouping and what is known of it. Clusters are numbered from 0, the largest first.
    ///
    /// @param model the name of the model
    /// @param layer of the embeddings
    /// @param method of grouping
    /// @param points what a point is
    /// @param grid of patches, H x W
    /// @param leftOut patches with a norm above the threshold
    /// @param images the image of each point
    /// @param patches the patch of each point; 0 for points that are images
    /// @param labels the cluster of each point, -1 for noise
    /// @param probabilities `float[1][N]`, how firmly each point belongs to its cluster, 0 to 1; 1 for k-means
    /// @param clusters what is known of each
    /// @param noise points in no cluster
    /// @param exact whether HDBSCAN compared every pair of points that could matter; true for k-means
    /// @param inertia of k-means, the sum of squared distances to the centres
    /// @param silhouette the mean over a sample; NaN with fewer than two clusters
    /// @param silhouettePoints in that sample
    /// @param components that the points were reduced to
    /// @param keptVariance the share of the variance that those keep, 0 to 1
    /// @param patientColumn that tells patients apart, if there is one
    /// @param agreement with a column, if asked for
    /// @param shown images with a cluster for every patch; none if points are images
    /// @param provenance where it comes from
    public record Result(
            String model,
            Layer layer,
            Method method,
            PointUnit points,
            PatchGrid grid,
            int leftOut,
            List<Integer> images,
            List<Integer> patches,
            List<Integer> labels,
            FloatMatrix probabilities,
            List<ClusterSummary> clusters,
            int noise,
            boolean exact,
            Optional<Double> inertia,
            double silhouette,
            int silhouettePoints,
            int components,
            double keptVariance,
            Optional<String> patientColumn,
            Optional<Agreement> agreement,
            List<ShownImage> shown,
            Provenance provenance) {
        public Result {
            images = List.copyOf(images);
            patches = List.copyOf(patches);
            labels = List.copyOf(labels);
            clusters = List.copyOf(clusters);
            shown = List.copyOf(shown);
        }
    }

    /// How alike the clusters and the values of a column are.
    ///
    /// @param column of the metadata
    /// @param points that have a value there and are no noise
    /// @param adjustedRand 1 for the same grouping, about 0 for an unrelated one
    public record Agreement(String column, int points, double adjustedRand) {}

    /// One image with the cluster of every patch, also of those that are no points.
    ///
    /// @param index of the image in the study
    /// @param id of the image
    /// @param labels `float[1][P]`; NaN for a patch without a cluster
    public record ShownImage(int index, String id, FloatMatrix labels) {}

    /// Reads the study three times, for norms, principal components and scores; in memory are the scores, and for
    /// HDBSCAN the neighbours of every point.
    ///
    /// @throws PatchlensException if there are too few points, all are equal, the layer is not stored, or a token
    ///     holds a number that is not finite
    public static Result of(Study study, ClusterOptions options, Progress progress) {
        try (TaskPool pool = new TaskPool(options.execution().workers())) {
            return new ClusterWork(study, options, progress, pool).result();
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return ClusterFigures.of(result);
    }
}
