package org.patchlens.model.architecture;

import org.patchlens.embedding.PatchGrid;

/// How patches know their place.
public sealed interface Positions {
    /// One vector per place of the sequence, learned or computed once and stored, added to the tokens before the
    /// first block.
    ///
    /// @param grid the patches that were trained, H x W
    /// @param specialTokens how many special tokens have a vector of their own: the first ones of the sequence;
    ///     their vectors lie before those of the patches
    /// @param interpolation how the vectors are fitted to another grid
    record Learned(PatchGrid grid, int specialTokens, Interpolation interpolation) implements Positions {
        /// How many vectors there are.
        public int count() {
            return specialTokens + grid.patches();
        }
    }

    /// Queries and keys of patches are rotated by angles that grow with row and column (Su et al. 2021,
    /// arXiv:2104.09864; over two axes as DINOv3 does it, Simeoni et al. 2025, arXiv:2508.10104). Special tokens
    /// are not rotated, and nothing is stored.
    ///
    /// @param theta the base of the geometric series of frequencies, above 1
    record Rotary(double theta) implements Positions {}

    /// Nothing is added to the tokens; blocks add a bias for the distance of two patches to their attention
    /// ([TensorRole#RELATIVE_POSITIONS]).
    record RelativeAlone() implements Positions {}

    /// How a grid of vectors is fitted to another grid; the first two convolve with Keys' cubic kernel (1981).
    enum Interpolation {
        /// a = -0.75, four neighbours per axis however much the grid shrinks, the edge repeated.
        BICUBIC,
        /// a = -0.5, the kernel as wide as the grid shrinks, cut off and renormalized at the edge.
        BICUBIC_ANTIALIASED,
        /// A triangle as wide as the grid shrinks, cut off and renormalized at the edge.
        BILINEAR_ANTIALIASED
    }
}
