package org.patchlens.extract;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.mask.LabelMap;
import org.patchlens.mask.MaskClasses;
import org.patchlens.mask.PatchCoverage;
import org.patchlens.mask.PatchPlacement;
import org.patchlens.preprocess.Geometry;
import org.patchlens.tensor.FloatMatrix;

/// How masks are measured in one study.
///
/// @param classes of the masks
/// @param grid of patches
/// @param patchSize the side of a patch, in pixels of the model's input
record CoverageRule(MaskClasses classes, PatchGrid grid, int patchSize) {
    /// The share of each patch that each class covers, `float[P][C]`.
    ///
    /// @param geometry how the model's input lies over the image
    FloatMatrix of(LabelMap mask, Geometry geometry) {
        return PatchCoverage.of(mask, classes, new PatchPlacement(geometry, grid, patchSize));
    }
}
