/// Draws the figures of results: as PNG files, as text for a terminal, as rows for CSV. Knows no analysis.
///
/// Letters are the outlines of a font that ships with Patchlens, filled by Java's own rasterizer: no font and no
/// native font library of the machine takes part, so that a figure has the same pixels everywhere.
@NullMarked
package org.patchlens.figure;

import org.jspecify.annotations.NullMarked;
