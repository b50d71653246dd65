/// Masks: labels per pixel of an image, turned into the share of each patch that each class covers.
@NullMarked
package org.patchlens.mask;

import org.jspecify.annotations.NullMarked;
