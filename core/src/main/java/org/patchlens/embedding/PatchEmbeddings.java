package org.patchlens.embedding;

import org.patchlens.tensor.FloatMatrix;

/// The tokens of one image at one layer.
///
/// @param layer where in the model they were read
/// @param grid the grid of patches, H x W
/// @param layout which rows stand for no patch
/// @param tokens `float[T][D]`, special tokens first, then patches row by row
public record PatchEmbeddings(Layer layer, PatchGrid grid, TokenLayout layout, FloatMatrix tokens) {
    public PatchEmbeddings {
        if (tokens.rows() != layout.tokens(grid)) {
            throw new IllegalArgumentException(tokens.rows() + " tokens; a grid of " + grid + " with "
                    + layout.firstPatch() + " special tokens has " + layout.tokens(grid));
        }
    }

    /// The patches alone, `float[P][D]`; a view, not a copy.
    public FloatMatrix patches() {
        return tokens.rows(layout.firstPatch(), tokens.rows());
    }
}
