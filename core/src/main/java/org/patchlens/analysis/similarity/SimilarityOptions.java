package org.patchlens.analysis.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.Reduction;

/// What is compared with what.
///
/// @param image the id of the image of the query; the first of the study if empty
/// @param patch row, column, row, column, …; the patch in the middle of the grid if empty and no region is given
/// @param region top row, left column, bottom row, right column, inclusive; or empty
/// @param to ids of other images, or `all`
/// @param layer the deepest that is stored if empty
/// @param reduce what is taken out first
/// @param maps how many images have a map in the result
/// @param scale what the colours span
/// @param interpolation between patches
/// @param matrix whether all patches are compared with all
/// @param order of the patches in the matrix
/// @param maskOutliers whether outliers are left out
/// @param factor above which multiple of the layer's median norm a patch is an outlier
/// @param threads 0 for one per processor
public record SimilarityOptions(
        @Doc("Id of the image that holds the patch; without it, the first image of the study")
        Optional<String> image,

        @Doc("Row and column of the patch, such as 7,9; several mean the mean of them; without it, the middle")
        List<Integer> patch,

        @Doc("Top row, left column, bottom row and right column of patches whose mean is compared, such as 4,3,9,8")
        List<Integer> region,

        @Doc("Ids of other images to compare with, or all; the image of the patch itself is always compared")
        List<String> to,

        @Doc("Layer of the tokens; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc("What all patches of the study have in common is taken out: nothing, their mean, or mean and covariance")
        Reduction reduce,

        @Doc(value = "Maps of the most similar images in the result", min = 1, max = MOST_MAPS)
        int maps,

        @Doc("What the colours span: -1 to 1 (fixed), the largest value of the study, or that of each image")
        Scale scale,

        @Doc("How colours go from patch to patch") Interpolation interpolation,

        @Doc("Compare every patch of the image with every patch of it, or of the first image of --to")
        boolean matrix,

        @Doc("Order of the patches in the matrix: row by row, or similar ones side by side")
        Order order,

        @Doc("Leave out outlier patches, whose tokens say nothing of their place")
        boolean maskOutliers,

        @Doc(
                value = "A patch is an outlier if its norm exceeds this many times the median of its layer",
                min = SMALLEST_FACTOR,
                max = LARGEST_FACTOR)
        double factor,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final int MOST_MAPS = 10_000;
    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;
    private static final int MOST_THREADS = 1024;

    /// What the colours of an overlay span, always as far below 0 as above.
    public enum Scale {
        /// -1 to 1: comparable everywhere.
        FIXED,
        /// The largest value in any image of the study, the query itself left out.
        STUDY,
        /// The largest value in the image, the query itself left out.
        IMAGE
    }

    /// In which order patches stand in the matrix.
    public enum Order {
        /// Row by row over the image.
        SPATIAL,
        /// Along the tree of an average linkage.
        HIERARCHICAL
    }

    public SimilarityOptions {
        patch = List.copyOf(patch);
        region = List.copyOf(region);
        to = List.copyOf(to);
        require("maps", maps, 1, MOST_MAPS);
        require("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
        require("threads", threads, 0, MOST_THREADS);
    }

    private static void require(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw PatchlensException.usage(
                    name, "is " + value + "; it must be " + (long) min + " to " + (long) max, "");
        }
    }

    /// The patch in the middle of the first image against its own image, at the deepest layer, centred.
    public static SimilarityOptions defaults() {
        return new SimilarityOptions(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Reduction.CENTER,
                1000,
                Scale.FIXED,
                Interpolation.NEAREST,
                false,
                Order.SPATIAL,
                false,
                5,
                0);
    }

    /// These options with another image of the query.
    public SimilarityOptions withImage(String id) {
        return new SimilarityOptions(
                Optional.of(id),
                patch,
                region,
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with one more patch in the query.
    public SimilarityOptions withPatch(int row, int column) {
        List<Integer> more = new ArrayList<>(patch);
        more.addAll(List.of(row, column));
        return new SimilarityOptions(
                image,
                more,
                region,
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with a region as the query, corners inclusive.
    public SimilarityOptions withRegion(int top, int left, int bottom, int right) {
        return new SimilarityOptions(
                image,
                patch,
                List.of(top, left, bottom, right),
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with other images to compare with.
    public SimilarityOptions withTo(List<String> ids) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                ids,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with every image of the study to compare with.
    public SimilarityOptions withToAll() {
        return withTo(List.of(TargetImages.ALL));
    }

    /// These options at another layer.
    public SimilarityOptions withLayer(Layer newLayer) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                Optional.of(newLayer),
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with another reduction.
    public SimilarityOptions withReduce(Reduction reduction) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduction,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with another number of maps.
    public SimilarityOptions withMaps(int most) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduce,
                most,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with other colours.
    public SimilarityOptions withScale(Scale span, Interpolation between) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduce,
                maps,
                span,
                between,
                matrix,
                order,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with the matrix of all patches.
    public SimilarityOptions withMatrix(Order patchOrder) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                true,
                patchOrder,
                maskOutliers,
                factor,
                threads);
    }

    /// These options without outliers.
    public SimilarityOptions withoutOutliers() {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                true,
                factor,
                threads);
    }

    /// These options with another number of threads.
    public SimilarityOptions withThreads(int newThreads) {
        return new SimilarityOptions(
                image,
                patch,
                region,
                to,
                layer,
                reduce,
                maps,
                scale,
                interpolation,
                matrix,
                order,
                maskOutliers,
                factor,
                newThreads);
    }
}
