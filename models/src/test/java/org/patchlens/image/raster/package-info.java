/// Tests of the picture readers.
@NullMarked
package org.patchlens.image.raster;

import org.jspecify.annotations.NullMarked;
