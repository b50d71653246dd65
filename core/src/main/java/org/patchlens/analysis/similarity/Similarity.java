package org.patchlens.analysis.similarity;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.CommonSimilarity;
import org.patchlens.patch.PatchPlace;
import org.patchlens.patch.QueryPatches;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// How similar one patch, the mean of several or a region is to every patch of its image, of others or of all: the
/// cosine of the angle between their embeddings, as it is and after what all patches have in common has been taken
/// out.
///
/// Every number comes twice, because a raw cosine is not understood without the other one: patches of a Vision
/// Transformer share a direction that makes any two of them similar. `docs/concepts/similarity.md` explains it.
public final class Similarity {
    /// The entry of the list of analyses.
    public static final Analysis<SimilarityOptions, Result> ANALYSIS = new Analysis<>(
            "similarity",
            "Similarity of a patch to every patch of its image, of other images, or of all",
            SimilarityOptions.defaults(),
            Similarity::of,
            Similarity::figures);

    private Similarity() {}

    /// What was compared.
    ///
    /// @param model the name of the model
    /// @param layer of the tokens
    /// @param grid of patches, H x W
    /// @param query what was compared with all others
    /// @param reduce what was taken out before `similarity`; never of `cosine`
    /// @param common what two patches have in common that have nothing to do with each other
    /// @param images N, how many the study holds
    /// @param ranking the images that were compared, the one of the query first, then the most similar first
    /// @param targets the maps of the first of the ranking
    /// @param colors what the colours of the maps span
    /// @param matrix of all patches with all, if it was asked for
    /// @param provenance where it comes from
    public record Result(
            String model,
            Layer layer,
            PatchGrid grid,
            QueryPatches query,
            Reduction reduce,
            CommonSimilarity common,
            int images,
            List<ImageRank> ranking,
            List<Target> targets,
            Colors colors,
            Optional<SimilarityMatrix> matrix,
            Provenance provenance) {
        public Result {
            ranking = List.copyOf(ranking);
            targets = List.copyOf(targets);
        }
    }

    /// The most similar patch of an image; in the image of the query, of the patches that are not in it.
    ///
    /// @param index of the image in the study
    /// @param image its id
    /// @param row of the patch
    /// @param column of the patch
    /// @param similarity after the reduction; NaN if all patches are masked
    /// @param cosine of the stored vectors there
    public record ImageRank(int index, String image, int row, int column, float similarity, float cosine) {}

    /// The similarity of every patch of an image to the query.
    ///
    /// @param index of the image in the study
    /// @param image its id
    /// @param similarity `float[H][W]` after the reduction, -1 to 1; NaN for a masked outlier
    /// @param cosine `float[H][W]` of the stored vectors, -1 to 1; NaN for a masked outlier
    /// @param outliers patches whose norm makes them outliers
    public record Target(
            int index, String image, FloatMatrix similarity, FloatMatrix cosine, List<PatchPlace> outliers) {
        public Target {
            outliers = List.copyOf(outliers);
        }
    }

    /// How maps are coloured.
    ///
    /// @param scale what the colours span
    /// @param limit of the colours, in both directions; of [SimilarityOptions.Scale#IMAGE], the largest of them
    /// @param interpolation between patches
    public record Colors(SimilarityOptions.Scale scale, float limit, Interpolation interpolation) {}

    /// Compares.
    ///
    /// @throws PatchlensException if the study has no images, an image is unknown, a patch is outside the grid, or
    ///     the layer is not stored
    public static Result of(Study study, SimilarityOptions options, Progress progress) {
        try (TaskPool pool = new TaskPool(Execution.workers(options.threads()))) {
            return SimilarityWork.of(study, options, pool, progress).result();
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return SimilarityFigures.of(result);
    }
}
