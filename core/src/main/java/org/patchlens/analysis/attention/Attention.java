package org.patchlens.analysis.attention;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.patch.OutlierMasking;
import org.patchlens.study.Study;

/// What one token of one image reads: from every head of a layer, from every layer, and rolled out over all
/// layers.
///
/// What the CLS token reads is taken from the study where it is stored; everything else comes from an
/// [AttentionSource]. Attention says where a token reads from, not what is important for a prediction.
public final class Attention {
    /// The entry of the list of analyses: what can be shown without the model.
    public static final Analysis<AttentionOptions, Result> ANALYSIS = analysis(study -> AttentionSource.NONE);

    private Attention() {}

    /// The same analysis with a source of what studies do not store.
    ///
    /// @param sources of a study
    public static Analysis<AttentionOptions, Result> analysis(Function<Study, AttentionSource> sources) {
        return new Analysis<>(
                "attention",
                "What the CLS token or a patch reads, in every head and layer, and the rollout over all layers",
                AttentionOptions.defaults(),
                (study, options, progress) -> of(study, options, progress, sources.apply(study)),
                Attention::figures);
    }

    /// What is shown.
    ///
    /// @param model the name of the model
    /// @param image the index of the image in the study
    /// @param id of the image
    /// @param grid of patches, H x W
    /// @param tokens T
    /// @param layer the block, 1 to L
    /// @param query which token reads, see [QueryToken#parse]
    /// @param head which heads are shown together, see [HeadChoice#parse]
    /// @param origin where the attention comes from
    /// @param chosen of the chosen heads at the layer
    /// @param heads of every head at the layer, in their order
    /// @param layers of the chosen heads at every block, in their order; empty where they would have to be
    ///     computed and nobody asked for them
    /// @param rollout of the chosen heads, if it was asked for
    /// @param maskedPatches the fewest patches that hold the asked mass, the most attended first; outliers take
    ///     no part where the map of the chosen heads leaves them out
    /// @param outliersOfLayers at every block, in their order; empty where the study has no norms that tell them
    /// @param look of the figures
    /// @param provenance where it comes from
    public record Result(
            String model,
            int image,
            String id,
            PatchGrid grid,
            int tokens,
            int layer,
            String query,
            String head,
            Origin origin,
            TokenReading chosen,
            List<TokenReading> heads,
            List<TokenReading> layers,
            Optional<TokenReading> rollout,
            List<Integer> maskedPatches,
            List<Optional<OutlierTokens>> outliersOfLayers,
            Look look,
            Provenance provenance) {
        public Result {
            heads = List.copyOf(heads);
            layers = List.copyOf(layers);
            maskedPatches = List.copyOf(maskedPatches);
            outliersOfLayers = List.copyOf(outliersOfLayers);
        }

        /// The outliers at the shown layer.
        public Optional<OutlierTokens> outliers() {
            return outliersOfLayers.get(layer - 1);
        }
    }

    /// Where attention comes from.
    ///
    /// @param computed whether the model was run again; else all of it is what the study stores
    /// @param difference the largest difference between what the CLS token reads now and what the study stores of
    ///     it, where both are known: what the 8 bits of the stored image and the precision of the study make
    public record Origin(boolean computed, Optional<Float> difference) {}

    /// How figures look.
    ///
    /// @param mass share of the attention on patches that the mask holds
    /// @param maskOutliers whether outliers are left out of maps
    /// @param ends of the colour scales
    /// @param interpolation between the centres of patches
    /// @param residual of the rollout
    /// @param discardRatio of the rollout
    public record Look(
            double mass,
            OutlierMasking maskOutliers,
            Ends ends,
            Interpolation interpolation,
            double residual,
            double discardRatio) {
        /// What colours span, from 0.
        ///
        /// @param scale what they follow from
        /// @param high the end of a fixed scale that was asked for
        /// @param study the ends that follow from the images of the study, for a scale that does
        public record Ends(AttentionOptions.Scale scale, Optional<Double> high, Optional<StudyScale> study) {}
    }

    /// Shows the attention of one image.
    ///
    /// @throws PatchlensException if the study has no images or not this one, the model no such layer, head or
    ///     token, or the attention is neither stored nor to be computed
    public static Result of(Study study, AttentionOptions options, Progress progress, AttentionSource source) {
        AttentionRead read = AttentionRead.of(study, options, source, progress);
        progress.report("attention", 1, 1);
        return read.result();
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return new AttentionFigures(result).all();
    }

    /// The block of a layer.
    ///
    /// @throws PatchlensException if it is no block of the model
    static int block(Study study, Optional<Layer> layer) {
        int blocks = study.manifest().model().layers();
        int block = layer.filter(chosen -> !chosen.isLast()).map(Layer::index).orElse(blocks);
        if (block < 1 || block > blocks) {
            throw PatchlensException.usage(
                    "layer " + block,
                    "attention is in the layers 1 to " + blocks + " of "
                            + study.manifest().model().name(),
                    "");
        }
        return block;
    }
}
