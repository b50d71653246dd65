package org.patchlens.analysis;

import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.patch.Reduction;

/// Which tokens are compared, and what of them: the options of every analysis that compares patches by cosine.
///
/// @param layer the deepest that is stored if empty
/// @param reduce what is taken out first
/// @param maskOutliers whether outliers are left out
/// @param factor above which multiple of the layer's median norm a patch is an outlier
public record TokenOptions(
        @Doc("Layer of the tokens; without it, the deepest that the study holds")
        Optional<Layer> layer,

        @Doc("What all patches of the study have in common is taken out: nothing, their mean, or mean and covariance")
        Reduction reduce,

        @Doc("Leave out outlier patches, whose tokens say nothing of their place")
        boolean maskOutliers,

        @Doc(
                value = "A patch is an outlier if its norm exceeds this many times the median of its layer",
                min = SMALLEST_FACTOR,
                max = LARGEST_FACTOR)
        double factor) {
    private static final double SMALLEST_FACTOR = 1;
    private static final double LARGEST_FACTOR = 1e6;

    public TokenOptions {
        OptionRange.check("factor", factor, SMALLEST_FACTOR, LARGEST_FACTOR);
    }

    /// The deepest layer, centred, outliers included.
    public static TokenOptions defaults() {
        return new TokenOptions(Optional.empty(), Reduction.CENTER, false, 5);
    }

    /// Those of another layer.
    public TokenOptions withLayer(Layer newLayer) {
        return new TokenOptions(Optional.of(newLayer), reduce, maskOutliers, factor);
    }

    /// After another reduction.
    public TokenOptions withReduce(Reduction reduction) {
        return new TokenOptions(layer, reduction, maskOutliers, factor);
    }

    /// Without outliers.
    public TokenOptions withoutOutliers() {
        return new TokenOptions(layer, reduce, true, factor);
    }
}
