package org.patchlens.analysis.projection;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.projection.ProjectionOptions.Method;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.point.PointUnit;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// A map of patches or images: principal components, or t-SNE or UMAP of the first 50 of
/// them.
///
/// Patches whose norm is far above the median are left out: a model that uses them as registers writes something
/// else than their content into them, and they would take the first components for themselves.
public final class Projection {
    /// The entry of the list of analyses.
    public static final Analysis<ProjectionOptions, Result> ANALYSIS = new Analysis<>(
            "project",
            "A map of patches or images in two or three dimensions, by principal components, t-SNE or UMAP",
            ProjectionOptions.defaults(),
            Projection::of,
            ProjectionFigures::of);

    private Projection() {}

    /// A map and how good it is.
    ///
    /// @param model the name of the model
    /// @param layer of the embeddings
    /// @param method how points were laid out
    /// @param points what a point is
    /// @param grid of patches, H x W
    /// @param leftOut patches with a norm above the threshold
    /// @param positions `float[N][axes]`
    /// @param images the image of each point
    /// @param patches the patch of each point; 0 for points that are images
    /// @param imageIds the ids of all images of the study
    /// @param colors of the points
    /// @param placed the points that were placed into the finished map, if there are any
    /// @param layers the maps of other layers, of the same points
    /// @param shown an image in the colours of the first three components; empty if points are images
    /// @param variances `float[1][components]`, the share of the variance of each principal component, 0 to 1
    /// @param keptVariance the share of the variance that all of them keep, 0 to 1
    /// @param divergence of t-SNE, or the cross-entropy of UMAP per point, in nats; empty for principal components
    /// @param iterations of t-SNE, or epochs of UMAP; 0 for principal components
    /// @param recall the share of the nearest neighbours that the search found, 1 if it was exact; empty for
    ///     principal components
    /// @param quality measured between the principal components and the map
    /// @param provenance where it comes from
    public record Result(
            String model,
            Layer layer,
            Method method,
            PointUnit points,
            PatchGrid grid,
            int leftOut,
            FloatMatrix positions,
            List<Integer> images,
            List<Integer> patches,
            List<String> imageIds,
            PointColors colors,
            Optional<Placed> placed,
            List<LayerView> layers,
            Optional<ShownImage> shown,
            FloatMatrix variances,
            double keptVariance,
            Optional<Double> divergence,
            int iterations,
            Optional<Double> recall,
            MapQuality quality,
            Provenance provenance) {
        public Result {
            images = List.copyOf(images);
            patches = List.copyOf(patches);
            imageIds = List.copyOf(imageIds);
            layers = List.copyOf(layers);
        }
    }

    /// Points that were placed into the finished map of the others.
    ///
    /// @param points how many
    /// @param neighbors K, how many neighbours of each were compared
    /// @param neighborsKept the mean share of the K points of the map nearest to a placed point among the
    /// principal
    ///     components that are among the K nearest in the map, 0 to 1
    public record Placed(int points, int neighbors, double neighborsKept) {}

    /// The map of another layer, moved, turned, mirrored and scaled as a whole onto the map of the result.
    ///
    /// @param layer of the embeddings
    /// @param positions `float[N][axes]`, in the order of the result
    /// @param disparity the share of the squares that no such motion brings together: 0 for the same map, 1 for
    /// one
    ///     that has nothing in common with it
    /// @param keptVariance the share of the variance that its principal components keep, 0 to 1
    /// @param divergence see [Result#divergence]
    /// @param quality of this map, between the principal components of its own layer and itself
    public record LayerView(
            Layer layer,
            FloatMatrix positions,
            double disparity,
            double keptVariance,
            Optional<Double> divergence,
            MapQuality quality) {}

    /// One image in the colours of the first three components.
    ///
    /// @param index of the image in the study
    /// @param id of the image
    /// @param grid of patches, H x W
    /// @param colors `float[P][3]`, red, green and blue from 0 to 1; NaN for a patch that is left out
    public record ShownImage(int index, String id, PatchGrid grid, FloatMatrix colors) {}

    /// Reads the study three times: for norms, for principal components and for their scores; in memory are the
    /// scores, N x 50 numbers, and the graph of neighbours. Every further layer does the same once more.
    ///
    /// @throws PatchlensException if there are too few points, all are equal, the layer is not stored, or a token
    ///     holds a number that is not finite
    public static Result of(Study study, ProjectionOptions options, Progress progress) {
        try (TaskPool pool = new TaskPool(options.execution().workers())) {
            return new ProjectionWork(study, options, progress, pool).result();
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return ProjectionFigures.of(result);
    }
}
