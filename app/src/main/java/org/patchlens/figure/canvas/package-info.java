/// A white picture to draw on in logical pixels, as pixels or as SVG, with colours and letters of its own.
///
/// Letters are the outlines of a font that ships with Patchlens, filled by Java's own rasterizer: no font and no
/// native font library of the machine takes part, so that a picture has the same pixels everywhere.
@NullMarked
package org.patchlens.figure.canvas;

import org.jspecify.annotations.NullMarked;
