package org.patchlens.analysis.neighbors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.Reduction;

/// What is looked for, and where.
///
/// @param image the id of the image of the query; the first of the study if empty
/// @param patch row, column, row, column, …; the patch in the middle of the grid if empty and no region is given
/// @param region top row, left column, bottom row, right column, inclusive; or empty
/// @param k how many are found
/// @param exclude which patches are not wanted
/// @param patientColumn of the metadata
/// @param where a filter over the metadata, see [org.patchlens.study.metadata.RowFilter]; empty for every image
/// @param layer the deepest that is stored if empty
/// @param reduce what is taken out first
/// @param index whether the index answers instead of the exact search
/// @param mutual id of an image whose patches are paired with those of `image`
/// @param maskOutliers whether outliers are left out
/// @param factor above which multiple of the layer's median norm a patch is an outlier
/// @param threads 0 for one per processor
public record NeighborsOptions(
        @Doc("Id of the image that holds the patch; without it, the first image of the study")
        Optional<String> image,

        @Doc("Row and column of the patch, such as 7,9; several mean the mean of them; without it, the middle")
        List<Integer> patch,

        @Doc("Top row, left column, bottom row and right column of patches whose mean is looked for, such as 4,3,9,8")
        List<Integer> region,

        @Doc(value = "How many patches to find", min = 1, max = MOST_FOUND)
        int k,

        @Doc("Patches that are not wanted: those of the same image, of all images of the same patient, or none")
        Exclude exclude,

        @Doc("Column of the metadata that names the patient, for --exclude same-patient")
        String patientColumn,

        @Doc("Images to search, by their metadata, such as \"site=A and label!=covid and age>=60\"")
        String where,

        @Doc("Layer of the tokens; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc("What all patches of the study have in common is taken out: nothing, their mean, or mean and covariance")
        Reduction reduce,

        @Doc("Ask the index that patchlens index has made: faster and approximate; its measured recall is told")
        boolean index,

        @Doc("Id of another image: also pair the patches of both that are each other's most similar")
        Optional<String> mutual,

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
    private static final int MOST_FOUND = 10_000;
    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;
    private static final int MOST_THREADS = 1024;

    /// Patches that are not wanted.
    public enum Exclude {
        /// Those of the image of the query.
        SAME_IMAGE,
        /// Those of all images of the patient of the query.
        SAME_PATIENT,
        /// Only the patches of the query themselves.
        NONE
    }

    public NeighborsOptions {
        patch = List.copyOf(patch);
        region = List.copyOf(region);
        require("k", k, 1, MOST_FOUND);
        require("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
        require("threads", threads, 0, MOST_THREADS);
    }

    private static void require(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw PatchlensException.usage(
                    name, "is " + value + "; it must be " + (long) min + " to " + (long) max, "");
        }
    }

    /// The 20 nearest of other images to the patch in the middle of the first image, centred, by the exact search.
    public static NeighborsOptions defaults() {
        return new NeighborsOptions(
                Optional.empty(),
                List.of(),
                List.of(),
                20,
                Exclude.SAME_IMAGE,
                "patient",
                "",
                Optional.empty(),
                Reduction.CENTER,
                false,
                Optional.empty(),
                false,
                5,
                0);
    }

    /// These options with another image of the query.
    public NeighborsOptions withImage(String id) {
        return new NeighborsOptions(
                Optional.of(id),
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with one more patch in the query.
    public NeighborsOptions withPatch(int row, int column) {
        List<Integer> more = new ArrayList<>(patch);
        more.addAll(List.of(row, column));
        return new NeighborsOptions(
                image,
                more,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with another number of patches to find.
    public NeighborsOptions withK(int most) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                most,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with other patches left out.
    public NeighborsOptions withExclude(Exclude unwanted) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                unwanted,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with a filter over the images.
    public NeighborsOptions withWhere(String filter) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                filter,
                layer,
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options at another layer.
    public NeighborsOptions withLayer(Layer newLayer) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                Optional.of(newLayer),
                reduce,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with another reduction.
    public NeighborsOptions withReduce(Reduction reduction) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduction,
                index,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with the index in place of the exact search.
    public NeighborsOptions withIndex() {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                true,
                mutual,
                maskOutliers,
                factor,
                threads);
    }

    /// These options with correspondences to another image.
    public NeighborsOptions withMutual(String id) {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                Optional.of(id),
                maskOutliers,
                factor,
                threads);
    }

    /// These options without outliers.
    public NeighborsOptions withoutOutliers() {
        return new NeighborsOptions(
                image,
                patch,
                region,
                k,
                exclude,
                patientColumn,
                where,
                layer,
                reduce,
                index,
                mutual,
                true,
                factor,
                threads);
    }
}
