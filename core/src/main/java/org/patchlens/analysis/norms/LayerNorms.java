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
/// @param positions how norms depend on the place
/// @param groups the patches of images with each value of a column of the metadata, if one was named
public record LayerNorms(
        Layer layer,
        Distribution patches,
        List<SpecialNorms> special,
        OutlierPatches outliers,
        PositionNorms positions,
        List<GroupNorms> groups) {
    public LayerNorms {
        special = List.copyOf(special);
        groups = List.copyOf(groups);
    }

    /// The patch norms of the images of one group.
    ///
    /// @param value that they share in the column
    /// @param images how many were measured
    /// @param patches of these images
    /// @param imageShare of these images, those with at least one outlier, 0 to 1
    public record GroupNorms(String value, int images, Distribution patches, float imageShare) {}

    /// The norms of one kind of special token.
    ///
    /// @param token which kind
    /// @param norms over all images, and over all tokens of the kind where there are several
    public record SpecialNorms(SpecialToken token, Distribution norms) {}
}
