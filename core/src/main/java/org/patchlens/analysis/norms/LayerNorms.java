package org.patchlens.analysis.norms;

import java.util.List;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.SpecialToken;

/// The norms of one layer's tokens over all images.
///
/// @param layer where in the model
/// @param patches of all patches of all images
/// @param special one entry per kind of special token that the model has
/// @param outliers the patches that stand out
public record LayerNorms(Layer layer, Distribution patches, List<SpecialNorms> special, OutlierPatches outliers) {
    public LayerNorms {
        special = List.copyOf(special);
    }

    /// The norms of one kind of special token.
    ///
    /// @param token which kind
    /// @param norms over all images, and over all tokens of the kind where there are several
    public record SpecialNorms(SpecialToken token, Distribution norms) {}
}
