/// Draws the figures of results: as PNG and SVG files, as text for a terminal, as rows for CSV. Knows no analysis.
@NullMarked
package org.patchlens.figure;

import org.jspecify.annotations.NullMarked;
