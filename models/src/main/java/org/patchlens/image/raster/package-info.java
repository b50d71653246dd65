/// Pictures: PNG, JPEG, GIF, BMP, TIFF, WebP and the portable anymaps.
///
/// Containers are parsed and bounded here, pixels are decoded by the codecs of the JDK and of TwelveMonkeys,
/// colours are converted here as Pillow converts them. Every file is read whole, so its size is bounded before.
@NullMarked
package org.patchlens.image.raster;

import org.jspecify.annotations.NullMarked;
