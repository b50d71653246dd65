package org.patchlens.server.rest;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.study.ViewImage;

/// A patch cut out of its image.
final class Cut {
    private Cut() {}

    /// The patch with its neighbours, scaled to a square; what lies outside the image is black.
    ///
    /// @param context how many patches on each side
    /// @param size of the square in pixels
    static ViewImage of(ViewImage view, PatchGrid grid, PatchPlace place, int context, int size) {
        double patchHeight = (double) view.height() / grid.rows();
        double patchWidth = (double) view.width() / grid.columns();
        double top = (place.row() - context) * patchHeight;
        double left = (place.column() - context) * patchWidth;
        double side = 2 * context + 1;
        byte[] samples = new byte[size * size * view.channels()];
        for (int row = 0; row < size; row++) {
            int y = (int) Math.floor(top + (row + 0.5) * side * patchHeight / size);
            for (int column = 0; column < size; column++) {
                int x = (int) Math.floor(left + (column + 0.5) * side * patchWidth / size);
                if (x >= 0 && y >= 0 && x < view.width() && y < view.height()) {
                    int from = (y * view.width() + x) * view.channels();
                    System.arraycopy(
                            view.samples(), from, samples, (row * size + column) * view.channels(), view.channels());
                }
            }
        }
        return new ViewImage(size, size, view.channels(), samples);
    }
}
