package org.patchlens.analysis.similarity;

import java.util.List;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.OptionRange;
import org.patchlens.analysis.QueryOptions;
import org.patchlens.analysis.TokenOptions;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.Reduction;

/// What is compared with what.
///
/// @param query the patches that others are compared with
/// @param to ids of other images, or `all`
/// @param tokens that are compared
/// @param maps how many images have a map in the result
/// @param painting how maps are painted
/// @param pairs whether all patches are compared with all
/// @param threads 0 for one per processor
public record SimilarityOptions(
        QueryOptions query,

        @Doc("Ids of other images to compare with, or all; the image of the patch itself is always compared")
        List<String> to,

        TokenOptions tokens,

        @Doc(value = "Maps of the most similar images in the result", min = 1, max = MOST_MAPS)
        int maps,

        Painting painting,
        Pairs pairs,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = Execution.MOST_THREADS,
                changesResult = false)
        int threads) {
    private static final int MOST_MAPS = 10_000;

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

    /// How maps are painted.
    ///
    /// @param scale what the colours span
    /// @param interpolation between patches
    public record Painting(
            @Doc("What the colours span: -1 to 1 (fixed), the largest value of the study, or that of each image")
            Scale scale,

            @Doc("How colours go from patch to patch") Interpolation interpolation) {}

    /// The matrix of all patches.
    ///
    /// @param matrix whether all patches are compared with all
    /// @param order of the patches in the matrix
    public record Pairs(
            @Doc("Compare every patch of the image with every patch of it, or of the first image of --to")
            boolean matrix,

            @Doc("Order of the patches in the matrix: row by row, or similar ones side by side")
            Order order) {}

    public SimilarityOptions {
        to = List.copyOf(to);
        OptionRange.check("maps", maps, 1, MOST_MAPS);
        OptionRange.check("threads", threads, 0, Execution.MOST_THREADS);
    }

    /// The patch in the middle of the first image against its own image, at the deepest layer, centred.
    public static SimilarityOptions defaults() {
        return new SimilarityOptions(
                QueryOptions.defaults(),
                List.of(),
                TokenOptions.defaults(),
                1000,
                new Painting(Scale.FIXED, Interpolation.NEAREST),
                new Pairs(false, Order.SPATIAL),
                0);
    }

    /// These options with another image of the query.
    public SimilarityOptions withImage(String id) {
        return withQuery(query.withImage(id));
    }

    /// These options with one more patch in the query.
    public SimilarityOptions withPatch(int row, int column) {
        return withQuery(query.withPatch(row, column));
    }

    /// These options with a region as the query, corners inclusive.
    public SimilarityOptions withRegion(int top, int left, int bottom, int right) {
        return withQuery(query.withRegion(top, left, bottom, right));
    }

    private SimilarityOptions withQuery(QueryOptions other) {
        return new SimilarityOptions(other, to, tokens, maps, painting, pairs, threads);
    }

    /// These options with other images to compare with.
    public SimilarityOptions withTo(List<String> ids) {
        return new SimilarityOptions(query, ids, tokens, maps, painting, pairs, threads);
    }

    /// These options with every image of the study to compare with.
    public SimilarityOptions withToAll() {
        return withTo(List.of(TargetImages.ALL));
    }

    /// These options at another layer.
    public SimilarityOptions withLayer(Layer layer) {
        return withTokens(tokens.withLayer(layer));
    }

    /// These options with another reduction.
    public SimilarityOptions withReduce(Reduction reduction) {
        return withTokens(tokens.withReduce(reduction));
    }

    /// These options without outliers.
    public SimilarityOptions withoutOutliers() {
        return withTokens(tokens.withoutOutliers());
    }

    private SimilarityOptions withTokens(TokenOptions other) {
        return new SimilarityOptions(query, to, other, maps, painting, pairs, threads);
    }

    /// These options with another number of maps.
    public SimilarityOptions withMaps(int most) {
        return new SimilarityOptions(query, to, tokens, most, painting, pairs, threads);
    }

    /// These options with other colours.
    public SimilarityOptions withScale(Scale span, Interpolation between) {
        return new SimilarityOptions(query, to, tokens, maps, new Painting(span, between), pairs, threads);
    }

    /// These options with the matrix of all patches.
    public SimilarityOptions withMatrix(Order order) {
        return new SimilarityOptions(query, to, tokens, maps, painting, new Pairs(true, order), threads);
    }

    /// These options with another number of threads.
    public SimilarityOptions withThreads(int newThreads) {
        return new SimilarityOptions(query, to, tokens, maps, painting, pairs, newThreads);
    }
}
