package org.patchlens.analysis.attention.atlas;

import org.patchlens.embedding.PatchGrid;

/// Distances between the centres of patches, in pixels of the preprocessed image.
final class PatchDistances {
    private final PatchGrid grid;
    private final double[] byOffset;

    PatchDistances(PatchGrid grid, int patchSize) {
        this.grid = grid;
        this.byOffset = new double[grid.patches()];
        for (int patch = 0; patch < byOffset.length; patch++) {
            byOffset[patch] = patchSize
                    * Math.sqrt(grid.row(patch) * (double) grid.row(patch)
                            + grid.column(patch) * (double) grid.column(patch));
        }
    }

    /// Between two patches.
    double between(int patch, int other) {
        int rows = Math.abs(grid.row(patch) - grid.row(other));
        int columns = Math.abs(grid.column(patch) - grid.column(other));
        return byOffset[rows * grid.columns() + columns];
    }

    /// The mean over all pairs, a patch with itself among them: the distance of uniform attention.
    double mean() {
        double sum = 0;
        int patches = grid.patches();
        for (int patch = 0; patch < patches; patch++) {
            for (int other = 0; other < patches; other++) {
                sum += between(patch, other);
            }
        }
        return sum / ((double) patches * patches);
    }
}
