package org.patchlens.figure;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.patchlens.analysis.Figure.Mark;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Pen;

/// Marks patches over an image, in dark and bright lines side by side, seen on every ground.
///
/// @param canvas that is drawn on
/// @param rows of the grid
/// @param columns of the grid
record MarkDrawing(Canvas canvas, int rows, int columns) {
    private static final int DARK = 0x000000;
    private static final int BRIGHT = 0xffffff;

    void draw(Mark mark, Area image) {
        Area patch = patch(mark.row(), mark.column(), image);
        switch (mark.kind()) {
            case CHOSEN -> drawChosen(mark, image);
            case OUTLIER -> {
                Line2D falling = new Line2D.Double(patch.x(), patch.y(), patch.right(), patch.bottom());
                Line2D rising = new Line2D.Double(patch.x(), patch.bottom(), patch.right(), patch.y());
                canvas.stroke(falling, Pen.solid(1.6, DARK));
                canvas.stroke(rising, Pen.solid(1.6, DARK));
                canvas.stroke(falling, Pen.solid(0.8, BRIGHT));
                canvas.stroke(rising, Pen.solid(0.8, BRIGHT));
            }
        }
    }

    /// The outline of a patch that was asked for or found; nothing for marks of other kinds.
    void drawChosen(Mark mark, Area image) {
        switch (mark.kind()) {
            case CHOSEN -> {
                Area patch = patch(mark.row(), mark.column(), image);
                Rectangle2D outline = new Rectangle2D.Double(patch.x(), patch.y(), patch.width(), patch.height());
                canvas.stroke(outline, Pen.solid(3.6, DARK));
                canvas.stroke(outline, Pen.solid(1.8, BRIGHT));
            }
            case OUTLIER -> {}
        }
    }

    /// Where a patch lies in an image.
    Area patch(int row, int column, Area image) {
        double width = image.width() / columns;
        double height = image.height() / rows;
        return new Area(image.x() + column * width, image.y() + row * height, width, height);
    }
}
