package org.patchlens.analysis.neighbors;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.CommonSimilarity;
import org.patchlens.patch.QueryPatches;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.TaskPool;

/// Where else in a study something like a patch is: the most similar of all patches, by an exact search unless an
/// index is asked for, and from which groups of images they come.
public final class Neighbors {
    /// The entry of the list of analyses.
    public static final Analysis<NeighborsOptions, Result> ANALYSIS = new Analysis<>(
            "neighbors",
            "The patches of the whole study that are most similar to a patch, and the groups they come from",
            NeighborsOptions.defaults(),
            Neighbors::of,
            Neighbors::figures);

    private Neighbors() {}

    /// What was found.
    ///
    /// @param model the name of the model
    /// @param layer of the tokens
    /// @param grid of patches, H x W
    /// @param query what was looked for
    /// @param reduce what was taken out before `similarity`; never of `cosine`
    /// @param common what two patches have in common that have nothing to do with each other
    /// @param searched where was looked
    /// @param hits most similar first; equal ones in the order of the images
    /// @param groups of images by metadata: how many hits come from each
    /// @param ungrouped the columns of the metadata whose values are no groups
    /// @param mutual the patches of two images that are each other's most similar, if they were asked for
    /// @param provenance where it comes from
    public record Result(
            String model,
            Layer layer,
            PatchGrid grid,
            QueryPatches query,
            Reduction reduce,
            CommonSimilarity common,
            Searched searched,
            List<Hit> hits,
            List<Group> groups,
            List<Ungrouped> ungrouped,
            Optional<Mutual> mutual,
            Provenance provenance) {
        public Result {
            hits = List.copyOf(hits);
            groups = List.copyOf(groups);
            ungrouped = List.copyOf(ungrouped);
        }
    }

    /// Where was looked.
    ///
    /// @param images how many
    /// @param patches how many, outliers included
    /// @param exclude which were not wanted
    /// @param where the filter over the metadata; empty for none
    /// @param recall of the index: the share of the ten nearest that it finds, measured against the exact search;
    ///     empty if the search was exact
    public record Searched(
            int images, long patches, NeighborsOptions.Exclude exclude, String where, Optional<Double> recall) {}

    /// A patch that was found.
    ///
    /// @param index of the image in the study
    /// @param image its id
    /// @param row of the patch
    /// @param column of the patch
    /// @param similarity after the reduction, -1 to 1
    /// @param cosine of the stored vectors, -1 to 1
    /// @param outlier whether its norm makes it an outlier
    public record Hit(int index, String image, int row, int column, float similarity, float cosine, boolean outlier) {}

    /// How many hits come from the images of one value of the metadata.
    ///
    /// @param column of the metadata
    /// @param value of the column; empty where it is missing
    /// @param hits how many
    /// @param share of the hits, 0 to 1
    /// @param baseShare of the images that were searched, 0 to 1: what `share` would be by chance
    public record Group(String column, Optional<String> value, int hits, double share, double baseShare) {}

    /// A column of the metadata whose values hits are not counted by.
    ///
    /// @param column of the metadata
    /// @param reason why
    public record Ungrouped(String column, Reason reason) {}

    /// Why hits are not counted by the values of a column.
    public enum Reason {
        /// All images have the same value, or none has one.
        ONE_VALUE("one value"),
        /// They are measurements: numbers with a fraction, or whole ones that are 10 or more apart.
        NUMBERS("numbers"),
        /// Most images have a value of their own.
        HARDLY_REPEATED("hardly a value twice"),
        /// There are more than 20.
        MANY_VALUES("more than 20 values");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /// As people read it.
        public String words() {
            return words;
        }
    }

    /// The patches of two images that are each other's most similar.
    ///
    /// @param index of the first image in the study
    /// @param image its id
    /// @param otherIndex of the second image
    /// @param other its id
    /// @param pairs strongest first
    public record Mutual(int index, String image, int otherIndex, String other, List<Pair> pairs) {
        public Mutual {
            pairs = List.copyOf(pairs);
        }
    }

    /// Two patches that correspond.
    ///
    /// @param row in the first image
    /// @param column in the first image
    /// @param otherRow in the second image
    /// @param otherColumn in the second image
    /// @param similarity -1 to 1
    public record Pair(int row, int column, int otherRow, int otherColumn, float similarity) {}

    /// Searches.
    ///
    /// @throws PatchlensException if the study has no images, an image is unknown, a patch is outside the grid,
    ///     the layer is not stored, no image is left to search, or there is no index where one is asked for
    public static Result of(Study study, NeighborsOptions options, Progress progress) {
        try (TaskPool pool = new TaskPool(Execution.workers(options.threads()))) {
            return NeighborsWork.of(study, options, pool, progress).result();
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return NeighborsFigures.of(result);
    }
}
