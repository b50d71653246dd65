package org.patchlens.analysis.norms;

import java.util.Optional;
import org.patchlens.tensor.FloatMatrix;

/// The patches of one layer whose norm is above the threshold.
///
/// @param threshold the factor times the median of the layer's patch norms
/// @param patchShare of all patches of all images, 0 to 1
/// @param imageShare of the images, those with at least one outlier, 0 to 1
/// @param positions `float[H][W]`: the share of the images in which the patch there is an outlier
/// @param clsAttention the share of the CLS token's attention that falls on outliers, 0 to 1: mean over heads and
///     images, in the block whose output the layer is; to be compared with `patchShare`. Empty where the study
///     keeps no attention, and at layer 0, which no block made
public record OutlierPatches(
        double threshold, float patchShare, float imageShare, FloatMatrix positions, Optional<Float> clsAttention) {}
