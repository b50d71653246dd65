package org.patchlens.analysis.norms;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.FloatMatrix;

/// Whether the model uses patches as scratch paper, what follows for whoever looks at them, and what to do.
///
/// @param finding in one word
/// @param begins the first measured layer at which at least one image in ten has an outlier
/// @param worst the measured layer with the most images with outliers
/// @param imageShare of the images that have an outlier at the worst layer, 0 to 1
/// @param patchShare of the patches that are outliers there, 0 to 1
/// @param clsAttention the largest share of the CLS token's attention on outliers, over the measured layers
/// @param meaning what it means, in sentences
/// @param advice what to do, in sentences
public record RegisterVerdict(
        Finding finding,
        Optional<Layer> begins,
        Layer worst,
        float imageShare,
        float patchShare,
        Optional<Float> clsAttention,
        String meaning,
        String advice) {
    /// A place at which this share of the images has its outlier is a habit of the model.
    private static final float HABIT = 0.5f;

    /// What was found.
    public enum Finding {
        /// The study holds no output of a block: the final norm hides outliers.
        UNKNOWN,
        /// No outliers, or in few images.
        CLEAN,
        /// Outliers in the same places of most images.
        FIXED_PLACES,
        /// Outliers in places that depend on the image.
        SCATTERED
    }

    static RegisterVerdict of(List<LayerNorms> layers, Optional<Layer> begins, TokenLayout layout) {
        LayerNorms worst = layers.getFirst();
        Optional<Float> attention = Optional.empty();
        for (LayerNorms layer : layers) {
            worst = layer.outliers().imageShare() > worst.outliers().imageShare() ? layer : worst;
            Optional<Float> here = layer.outliers().clsAttention();
            if (here.isPresent() && (attention.isEmpty() || here.get() > attention.get())) {
                attention = here;
            }
        }
        Finding finding = finding(layers, begins, worst);
        return new RegisterVerdict(
                finding,
                begins,
                worst.layer(),
                worst.outliers().imageShare(),
                worst.outliers().patchShare(),
                attention,
                meaning(finding, layout),
                advice(finding));
    }

    private static Finding finding(List<LayerNorms> layers, Optional<Layer> begins, LayerNorms worst) {
        if (layers.stream()
                .noneMatch(layer -> !layer.layer().isLast() && layer.layer().index() > 0)) {
            return Finding.UNKNOWN;
        }
        if (begins.isEmpty()) {
            return Finding.CLEAN;
        }
        FloatMatrix positions = worst.outliers().positions();
        double fixed = 0;
        double all = 0;
        for (int row = 0; row < positions.rows(); row++) {
            for (int column = 0; column < positions.columns(); column++) {
                float share = positions.get(row, column);
                all += share;
                fixed += share >= HABIT ? share : 0;
            }
        }
        return fixed > all / 2 ? Finding.FIXED_PLACES : Finding.SCATTERED;
    }

    private static String meaning(Finding finding, TokenLayout layout) {
        String registers = layout.registers() == 0
                ? "The model has no registers."
                : "The model has " + layout.registers() + (layout.registers() == 1 ? " register." : " registers.");
        return switch (finding) {
            case UNKNOWN ->
                "Whether there are outliers cannot be told: the measured layers hold no output of a block, and the"
                        + " final norm rescales every token.";
            case CLEAN ->
                registers + " Its patches keep to themselves: maps of similarity, projection and attention show"
                        + " what is in the image.";
            case FIXED_PLACES ->
                registers + " It uses patches at fixed places for something else than their content: models with such"
                        + " tokens keep in them what they know of the whole image, and what was seen there is lost"
                        + " (Darcet et al. 2023).";
            case SCATTERED ->
                registers + " It uses patches for something else than their content, at places that depend on the"
                        + " image and often show little: models with such tokens keep in them what they know of the"
                        + " whole image, and what was seen there is lost (Darcet et al. 2023).";
        };
    }

    private static String advice(Finding finding) {
        return switch (finding) {
            case UNKNOWN -> "Extract with --layers all to know.";
            case CLEAN -> "Nothing needs to be done.";
            case FIXED_PLACES, SCATTERED ->
                "Leave these patches out of overlays and searches with --mask-outliers, take the"
                        + " median and not the mean over patches, or take an earlier layer.";
        };
    }

    /// The verdict in one paragraph.
    String words() {
        String found = switch (finding) {
            case UNKNOWN -> "";
            case CLEAN -> "At no layer one image in ten has any; at most " + percent(imageShare) + " % have. ";
            case FIXED_PLACES, SCATTERED ->
                "Outliers begin at layer " + begins.map(Layer::toString).orElse("") + "; at layer "
                        + worst + ", " + percent(imageShare) + " % of the images have some, altogether "
                        + percent(patchShare) + " % of the patches"
                        + clsAttention
                                .map(share -> ", and they get up to " + percent(share) + " % of the CLS attention")
                                .orElse("")
                        + ". ";
        };
        return found + meaning + " " + advice;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
