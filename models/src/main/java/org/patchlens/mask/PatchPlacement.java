package org.patchlens.mask;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.preprocess.Geometry;

/// Where the patches of a model lie over an image.
///
/// @param geometry how the model's input lies over the image
/// @param grid of patches, top left in the input
/// @param patchSize the side of a patch, in pixels of the input
public record PatchPlacement(Geometry geometry, PatchGrid grid, int patchSize) {
    public PatchPlacement {
        if (patchSize < 1
                || (long) grid.rows() * patchSize > geometry.input().height()
                || (long) grid.columns() * patchSize > geometry.input().width()) {
            throw new IllegalArgumentException(
                    grid + " patches of " + patchSize + " pixels do not fit into " + geometry.input());
        }
    }

    /// The edges between the columns of patches, in pixels of a mask over the whole image: `double[W + 1]`.
    ///
    /// @param maskWidth the width of the mask, which may be finer or coarser than the image
    double[] columnEdges(int maskWidth) {
        double[] edges = new double[grid.columns() + 1];
        for (int column = 0; column < edges.length; column++) {
            edges[column] = geometry.sourceX((double) column * patchSize)
                    * maskWidth
                    / geometry.source().width();
        }
        return edges;
    }

    /// As [#columnEdges], between the rows: `double[H + 1]`.
    double[] rowEdges(int maskHeight) {
        double[] edges = new double[grid.rows() + 1];
        for (int row = 0; row < edges.length; row++) {
            edges[row] = geometry.sourceY((double) row * patchSize)
                    * maskHeight
                    / geometry.source().height();
        }
        return edges;
    }
}
