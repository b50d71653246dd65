package org.patchlens.figure.axis;

import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Text;

/// The frame of a diagram: a vertical axis of numbers with grid lines, and room for what is drawn in it.
///
/// @param canvas that is drawn on
/// @param area inside the axes
/// @param vertical the axis at the left
public record Plot(Canvas canvas, Area area, Axis vertical) {
    /// The room that the numbers and the label of the vertical axis take.
    public static double left(Axis vertical) {
        return 30
                + vertical.ticks().labels().stream()
                        .mapToDouble(Text.TICK::width)
                        .max()
                        .orElse(0);
    }

    /// Draws grid lines, numbers and the label of the vertical axis.
    public void drawVertical(String label, double labelX) {
        for (int i = 0; i < vertical.ticks().values().size(); i++) {
            double y = y(vertical.ticks().values().get(i));
            canvas.line(area.x(), y, area.right(), y, Canvas.FAINT_RULE);
            canvas.text(Text.TICK, vertical.ticks().labels().get(i), area.x() - 8, y + 4, Anchor.RIGHT);
        }
        canvas.textUpwards(Text.LABEL, label, labelX + 12, area.centerY(), Anchor.CENTER);
    }

    /// Draws the line below the plot and the label of the horizontal axis.
    public void drawHorizontal(String label, double labelBaseline) {
        canvas.line(area.x(), area.bottom(), area.right(), area.bottom(), Canvas.RULE);
        canvas.text(Text.LABEL, label, area.centerX(), labelBaseline, Anchor.CENTER);
    }

    /// The height of a number on the canvas.
    public double y(double value) {
        return area.bottom() - vertical.part(value) * area.height();
    }
}
