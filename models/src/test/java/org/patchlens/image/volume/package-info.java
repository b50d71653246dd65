/// Volumes, their axes and their slices.
@NullMarked
package org.patchlens.image.volume;

import org.jspecify.annotations.NullMarked;
