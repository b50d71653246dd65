package org.patchlens.model.architecture;

import org.patchlens.embedding.PatchGrid;

/// One learned vector per place of the sequence, added to the tokens before the first block.
///
/// @param grid the patches that were trained, H x W
/// @param specialTokens how many special tokens have a vector of their own, before those of the patches
public record LearnedPositions(PatchGrid grid, int specialTokens) {
    /// How many vectors there are.
    public int count() {
        return specialTokens + grid.patches();
    }
}
