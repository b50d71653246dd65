package org.patchlens.extract;

import java.util.Optional;
import java.util.SequencedMap;
import org.patchlens.image.PixelImage;
import org.patchlens.mask.LabelMap;

/// An image that was read, ready for the model's preprocessing.
///
/// @param pixels with the window of the study
/// @param header what the file's header tells, as columns of the study
/// @param mask over the whole image
record LoadedImage(PixelImage pixels, SequencedMap<String, String> header, Optional<LabelMap> mask) {}
