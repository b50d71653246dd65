package org.patchlens.point;

import org.patchlens.embedding.PatchGrid;

/// What one point is.
public enum PointUnit {
    /// A patch embedding.
    PATCHES,
    /// The CLS token of an image.
    CLS,
    /// The mean of the patch embeddings of an image.
    MEAN;

    /// How many points an image of this grid has at most.
    int perImage(PatchGrid grid) {
        return switch (this) {
            case PATCHES -> grid.patches();
            case CLS, MEAN -> 1;
        };
    }
}
