package org.patchlens.analysis.attention;

import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.OptionRange;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.OutlierMasking;

/// What [Attention] shows.
///
/// @param image the id of the image; without it, the first of the study
/// @param layer the block, 1 to L; without it, the last
/// @param head see [HeadChoice#parse]
/// @param query see [QueryToken#parse]
/// @param allLayers whether every block is shown beside the chosen one
/// @param rollout whether the rollout is shown
/// @param residual see [Rollout]
/// @param discardRatio see [Rollout]
/// @param mass share of the attention on patches that the mask holds; 0 for no mask
/// @param maskOutliers whether outlier tokens are left out of the maps
/// @param factor above which multiple of the image's median a patch is an outlier
/// @param scale what the colours span
/// @param high the attention at the upper end of a fixed scale; without it, [#FIXED_END] times uniform attention
/// @param interpolation of the maps between the centres of patches
public record AttentionOptions(
        @Doc("Id of the image; without it, the first of the study")
        Optional<String> image,

        @Doc("Layer whose attention is shown, 1 to the number of blocks or last; without it, the last")
        Optional<Layer> layer,

        @Doc("Head: its number from 0, or mean, min or max of all")
        String head,

        @Doc("Token that reads: cls, register:0, or the row and column of a patch such as 7,9")
        String query,

        @Doc("Show every layer even where the model must compute them; those that the study stores always are")
        boolean allLayers,

        @Doc("Show the rollout over all layers") boolean rollout,

        @Doc(value = "Share of a token that stays where it is, in the rollout", min = 0, max = 1)
        double residual,

        @Doc(value = "Share of each layer's attention, the weakest, that the rollout ignores", min = 0, max = 0.999)
        double discardRatio,

        @Doc(
                value = "Share of the attention on patches that the mask of the most attended patches holds; 0 for no"
                        + " mask",
                min = 0,
                max = 1)
        double mass,

        @Doc("Leave outlier tokens out of the maps: auto does where they outshine all other patches")
        OutlierMasking maskOutliers,

        @Doc(
                value = "A patch is an outlier if its norm exceeds this many times the median of the image",
                min = 1,
                max = 1e6)
        double factor,

        @Doc("What the colours span: the same everywhere (fixed), what the images of the study need, or this one alone")
        Scale scale,

        @Doc("Attention at the upper end of a fixed scale; without it, 5 times uniform attention")
        Optional<Double> high,

        @Doc("What maps look like between the centres of patches")
        Interpolation interpolation) {
    /// Where a fixed scale ends, in multiples of the attention that every patch would get if all got the same.
    public static final int FIXED_END = 5;

    /// What the colours of an overlay span, always from 0.
    public enum Scale {
        /// To `high`, or to [#FIXED_END] times uniform attention: comparable between all images of a grid.
        FIXED,
        /// To where 99 of 100 numbers of the images of the study lie below: comparable within the study.
        STUDY,
        /// To where 99 of 100 numbers of the figure lie below: comparable with nothing else.
        IMAGE
    }

    public AttentionOptions {
        OptionRange.check("residual", residual, 0, 1);
        OptionRange.check("discard-ratio", discardRatio, 0, 0.999);
        OptionRange.check("mass", mass, 0, 1);
        OptionRange.check("factor", factor, 1, 1e6);
        high.ifPresent(number -> OptionRange.check("high", number, Float.MIN_NORMAL, Float.MAX_VALUE));
        if (high.isPresent() && scale != Scale.FIXED) {
            throw PatchlensException.usage(
                    "high",
                    "is the end of a fixed scale; this scale is to follow from the "
                            + scale.name().toLowerCase(Locale.ROOT),
                    "Leave one of the two out");
        }
        HeadChoice.parse(head);
        QueryToken.parse(query);
    }

    /// The CLS token's mean attention in the last layer of the first image, with a mask of 60 %.
    public static AttentionOptions defaults() {
        return new AttentionOptions(
                Optional.empty(),
                Optional.empty(),
                "mean",
                "cls",
                false,
                false,
                0.5,
                0,
                0.6,
                OutlierMasking.AUTO,
                5,
                Scale.FIXED,
                Optional.empty(),
                Interpolation.NEAREST);
    }

    /// These options with another image.
    public AttentionOptions withImage(String id) {
        return with(Optional.of(id), layer, head, query, rollout, discardRatio);
    }

    /// These options with another layer.
    public AttentionOptions withLayer(Layer newLayer) {
        return with(image, Optional.of(newLayer), head, query, rollout, discardRatio);
    }

    /// These options with another head, see [HeadChoice#parse].
    public AttentionOptions withHead(String newHead) {
        return with(image, layer, newHead, query, rollout, discardRatio);
    }

    /// These options with another query token, see [QueryToken#parse].
    public AttentionOptions withQuery(String newQuery) {
        return with(image, layer, head, newQuery, rollout, discardRatio);
    }

    /// These options with the rollout.
    public AttentionOptions withRollout(double newDiscardRatio) {
        return with(image, layer, head, query, true, newDiscardRatio);
    }

    /// These options with other colours.
    ///
    /// @param end of a fixed scale
    public AttentionOptions withScale(Scale span, Optional<Double> end) {
        return new AttentionOptions(
                image,
                layer,
                head,
                query,
                allLayers,
                rollout,
                residual,
                discardRatio,
                mass,
                maskOutliers,
                factor,
                span,
                end,
                interpolation);
    }

    private AttentionOptions with(
            Optional<String> newImage,
            Optional<Layer> newLayer,
            String newHead,
            String newQuery,
            boolean newRollout,
            double newDiscardRatio) {
        return new AttentionOptions(
                newImage,
                newLayer,
                newHead,
                newQuery,
                allLayers,
                newRollout,
                residual,
                newDiscardRatio,
                mass,
                maskOutliers,
                factor,
                scale,
                high,
                interpolation);
    }
}
