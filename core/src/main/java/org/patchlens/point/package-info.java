/// What becomes a point of a map, a cluster or a probe: which tokens of a study, and their rows, read image by
/// image.
///
/// [PointChoice] says what is wanted, [PointSet] is what was chosen, for any layer, and [PointSource] reads its
/// rows at one layer. Nothing here holds the rows of more than one image.
@NullMarked
package org.patchlens.point;

import org.jspecify.annotations.NullMarked;
