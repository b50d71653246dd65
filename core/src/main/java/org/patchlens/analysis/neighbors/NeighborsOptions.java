package org.patchlens.analysis.neighbors;

import java.util.Optional;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;
import org.patchlens.analysis.QueryOptions;
import org.patchlens.analysis.TokenOptions;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.Reduction;

/// What is looked for, and where.
///
/// @param query the patches that similar ones are looked for
/// @param k how many are found
/// @param searched where it is looked
/// @param tokens that are compared
/// @param index whether the index answers instead of the exact search
/// @param mutual id of an image whose patches are paired with those of the query's image
/// @param threads 0 for one per processor
public record NeighborsOptions(
        QueryOptions query,

        @Doc(value = "How many patches to find", min = 1, max = MOST_FOUND)
        int k,

        Searched searched,
        TokenOptions tokens,

        @Doc("Ask the index that patchlens index has made: faster and approximate; its measured recall is told")
        boolean index,

        @Doc("Id of another image: also pair the patches of both that are each other's most similar")
        Optional<String> mutual,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = Execution.MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final int MOST_FOUND = 10_000;

    /// Patches that are not wanted.
    public enum Exclude {
        /// Those of the image of the query.
        SAME_IMAGE,
        /// Those of all images of the patient of the query.
        SAME_PATIENT,
        /// Only the patches of the query themselves.
        NONE
    }

    /// Where patches are looked for.
    ///
    /// @param exclude which patches are not wanted
    /// @param patientColumn of the metadata
    /// @param where a filter over the metadata, see [org.patchlens.study.metadata.RowFilter]; empty for every
    /// image
    public record Searched(
            @Doc("Patches that are not wanted: those of the same image, of all images of the same patient, or none")
            Exclude exclude,

            @Doc("Column of the metadata that names the patient, for --exclude same-patient")
            String patientColumn,

            @Doc("Images to search, by their metadata, such as \"site=A and label!=covid and age>=60\"")
            String where) {}

    public NeighborsOptions {
        OptionRange.check("k", k, 1, MOST_FOUND);
        OptionRange.check("threads", threads, 0, Execution.MOST_THREADS);
    }

    /// The 20 nearest of other images to the patch in the middle of the first image, centred, by the exact search.
    public static NeighborsOptions defaults() {
        return new NeighborsOptions(
                QueryOptions.defaults(),
                20,
                new Searched(Exclude.SAME_IMAGE, "patient", ""),
                TokenOptions.defaults(),
                false,
                Optional.empty(),
                0);
    }

    /// These options with another image of the query.
    public NeighborsOptions withImage(String id) {
        return withQuery(query.withImage(id));
    }

    /// These options with one more patch in the query.
    public NeighborsOptions withPatch(int row, int column) {
        return withQuery(query.withPatch(row, column));
    }

    private NeighborsOptions withQuery(QueryOptions other) {
        return new NeighborsOptions(other, k, searched, tokens, index, mutual, threads);
    }

    /// These options with another number of patches to find.
    public NeighborsOptions withK(int most) {
        return new NeighborsOptions(query, most, searched, tokens, index, mutual, threads);
    }

    /// These options with other patches left out.
    public NeighborsOptions withExclude(Exclude unwanted) {
        return withSearched(new Searched(unwanted, searched.patientColumn, searched.where));
    }

    /// These options with a filter over the images.
    public NeighborsOptions withWhere(String filter) {
        return withSearched(new Searched(searched.exclude, searched.patientColumn, filter));
    }

    private NeighborsOptions withSearched(Searched other) {
        return new NeighborsOptions(query, k, other, tokens, index, mutual, threads);
    }

    /// These options at another layer.
    public NeighborsOptions withLayer(Layer layer) {
        return withTokens(tokens.withLayer(layer));
    }

    /// These options with another reduction.
    public NeighborsOptions withReduce(Reduction reduction) {
        return withTokens(tokens.withReduce(reduction));
    }

    /// These options without outliers.
    public NeighborsOptions withoutOutliers() {
        return withTokens(tokens.withoutOutliers());
    }

    private NeighborsOptions withTokens(TokenOptions other) {
        return new NeighborsOptions(query, k, searched, other, index, mutual, threads);
    }

    /// These options with the index in place of the exact search.
    public NeighborsOptions withIndex() {
        return new NeighborsOptions(query, k, searched, tokens, true, mutual, threads);
    }

    /// These options with correspondences to another image.
    public NeighborsOptions withMutual(String id) {
        return new NeighborsOptions(query, k, searched, tokens, index, Optional.of(id), threads);
    }
}
