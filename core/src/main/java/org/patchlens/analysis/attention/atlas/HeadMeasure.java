package org.patchlens.analysis.attention.atlas;

import org.patchlens.tensor.FloatMatrix;

/// One number of every head, over images.
///
/// @param name such as `entropy`, `distance`, or the region whose share of the attention it is
/// @param unit `bits`, `pixels` of the preprocessed image, or `share` of the attention, 0 to 1
/// @param images how many could be measured: an image without mask has no share on a mask's class
/// @param uniform what attention that is the same everywhere would give
/// @param mean `float[L][A]` over images; NaN where nothing could be measured
/// @param deviation `float[L][A]`, the standard deviation over images; NaN for fewer than two
public record HeadMeasure(
        String name, String unit, int images, float uniform, FloatMatrix mean, FloatMatrix deviation) {}
