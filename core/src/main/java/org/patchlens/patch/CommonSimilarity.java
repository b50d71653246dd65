package org.patchlens.patch;

import java.util.Locale;

/// What two patches have in common that have nothing to do with each other: the mean over pairs of different
/// patches of the study, outliers left out.
///
/// @param cosine of the stored vectors
/// @param similarity after the reduction
public record CommonSimilarity(double cosine, double similarity) {
    /// As measured.
    public static CommonSimilarity of(ComparedPatches compared) {
        return new CommonSimilarity(
                compared.plain().meanSimilarity(), compared.reduced().meanSimilarity());
    }

    /// A sentence for captions, with both numbers.
    public String text(Reduction reduction) {
        String before = number(cosine);
        String both = reduction == Reduction.NONE
                ? before + " on average; --reduce center takes that out."
                : number(similarity) + " on average, " + before + " before.";
        return "Two patches of the study, drawn at random, have " + both;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
