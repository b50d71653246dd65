package org.patchlens.analysis.similarity;

import java.util.Locale;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.similarity.Similarity.Result;

/// What the colours of a map of similarity span, in a sentence for its caption.
///
/// @param scale that was asked for
/// @param high the upper end; the lower one is as far from 0
record SpannedColors(SimilarityOptions.Scale scale, float high) {
    static SpannedColors of(Result result, ColorScale colors) {
        return new SpannedColors(result.colors().scale(), colors.high());
    }

    /// The sentence for one map.
    String text() {
        return switch (scale) {
            case FIXED -> ends() + ", in every image.";
            case STUDY -> ends() + ", the largest in the study but for the patches that are asked about.";
            case IMAGE -> ends() + ", which follows from this image alone: other images have other colours.";
        };
    }

    /// The sentence for several maps side by side.
    String ofEach() {
        return switch (scale) {
            case FIXED, STUDY -> text();
            case IMAGE -> " Colours follow from each image alone: the same colour is another number beside it.";
        };
    }

    private String ends() {
        return String.format(Locale.ROOT, " Colours span %.3g to %.3g", -high, high);
    }
}
