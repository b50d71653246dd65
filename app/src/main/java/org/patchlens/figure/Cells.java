package org.patchlens.figure;

import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;

/// Fills a rectangle of real pixels from a function of its rows and columns.
final class Cells {
    private Cells() {}

    /// Every pixel gets the colour of the cell that its centre falls into.
    ///
    /// @param rows of the cells
    /// @param columns of the cells
    /// @param color 0xRRGGBB of the cell at a row and a column
    static BufferedImage pixels(Canvas canvas, Area place, int rows, int columns, IntBinaryOperator color) {
        int width = (int) Math.round(place.width() * canvas.scale());
        int height = (int) Math.round(place.height() * canvas.scale());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            int row = (int) ((y + 0.5) * rows / height);
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color.applyAsInt(row, (int) ((x + 0.5) * columns / width)));
            }
        }
        return image;
    }
}
