package org.patchlens.preprocess;

import org.patchlens.image.PixelImage;

/// What comes out of the preprocessing beside the numbers for the model.
///
/// @param view the image as the model sees it, before it is normalized: 8-bit, of the size of the model's input,
///     grey if the source is grey
/// @param geometry how the input lies over the source
public record Preprocessed(PixelImage view, Geometry geometry) {}
