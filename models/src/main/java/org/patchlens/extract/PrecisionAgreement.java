package org.patchlens.extract;

import java.util.Locale;
import org.patchlens.model.architecture.Precision;

/// How close tokens of a lower precision come to those in 32-bit floats.
///
/// @param precision that was compared
/// @param images that were compared, the first of the extraction
/// @param cosine the mean over all tokens, at the layer where it is lowest
/// @param layer that layer
/// @param lowest the cosine of the token that is furthest off, over all layers
public record PrecisionAgreement(Precision precision, int images, double cosine, String layer, double lowest) {
    /// In words.
    String sentence() {
        return String.format(
                Locale.ROOT,
                "Precision %s: cosine with fp32 %.4f on average at layer %s, where it is lowest; %.4f for the token"
                        + " that is furthest off (%d %s).",
                precision,
                cosine,
                layer,
                lowest,
                images,
                images == 1 ? "image" : "images");
    }
}
