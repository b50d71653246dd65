/// From a decoded image to what a model reads: resize, crop, rescale and normalize as the model's own processor
/// does.
@NullMarked
package org.patchlens.preprocess;

import org.jspecify.annotations.NullMarked;
