package org.patchlens.figure;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
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
    /// Half of the width of an outline: so far outside of its patch it runs.
    private static final double AROUND = 1.6;

    void draw(List<Mark> marks, Area image) {
        for (Mark mark : marks) {
            switch (mark.kind()) {
                case OUTLIER -> cross(patch(mark.row(), mark.column(), image));
                case CHOSEN -> {}
            }
        }
        drawChosen(marks, image);
    }

    /// The outline of all patches that were asked for or found, around what lies side by side, and around the
    /// patches rather than over them: small ones have few pixels to show their colour. Nothing for other marks.
    void drawChosen(List<Mark> marks, Area image) {
        java.awt.geom.Area together = new java.awt.geom.Area();
        for (Mark mark : marks) {
            switch (mark.kind()) {
                case CHOSEN -> {
                    Area patch = patch(mark.row(), mark.column(), image);
                    together.add(new java.awt.geom.Area(new Rectangle2D.Double(
                            patch.x() - AROUND,
                            patch.y() - AROUND,
                            patch.width() + 2 * AROUND,
                            patch.height() + 2 * AROUND)));
                }
                case OUTLIER -> {}
            }
        }
        canvas.stroke(together, Pen.solid(2 * AROUND, DARK));
        canvas.stroke(together, Pen.solid(AROUND, BRIGHT));
    }

    private void cross(Area patch) {
        Line2D falling = new Line2D.Double(patch.x(), patch.y(), patch.right(), patch.bottom());
        Line2D rising = new Line2D.Double(patch.x(), patch.bottom(), patch.right(), patch.y());
        canvas.stroke(falling, Pen.solid(1.6, DARK));
        canvas.stroke(rising, Pen.solid(1.6, DARK));
        canvas.stroke(falling, Pen.solid(0.8, BRIGHT));
        canvas.stroke(rising, Pen.solid(0.8, BRIGHT));
    }

    /// Where a patch lies in an image.
    Area patch(int row, int column, Area image) {
        double width = image.width() / columns;
        double height = image.height() / rows;
        return new Area(image.x() + column * width, image.y() + row * height, width, height);
    }
}
