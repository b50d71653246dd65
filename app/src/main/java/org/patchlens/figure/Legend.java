package org.patchlens.figure;

import java.awt.geom.Line2D;
import java.util.List;
import org.patchlens.figure.Canvas.Anchor;

/// Names the series above a diagram, in as many rows as they take; nothing for a single one.
///
/// @param series their names
/// @param asLines whether a sample of the line is shown, or a block of colour
record Legend(List<String> series, boolean asLines) {
    private static final double ROW = 20;
    private static final double BETWEEN = 18;
    private static final double LONGEST_NAME = 200;

    /// The height that it takes in logical pixels.
    double height(double width) {
        return series.size() < 2 ? 0 : place(width, (index, x, row) -> {}) * ROW + 6;
    }

    /// Draws it into the top of the area.
    void draw(Canvas canvas, Area area) {
        if (series.size() < 2) {
            return;
        }
        place(area.width(), (index, x, row) -> {
            double left = area.x() + x;
            double middle = area.y() + row * ROW + 10;
            SeriesStyle style = SeriesStyle.of(index);
            if (asLines) {
                canvas.stroke(
                        new Line2D.Double(left, middle, left + sample() - 6, middle), 2, style.dash(), style.color());
            } else {
                canvas.fillRectangle(left, middle - 6, 12, 12, style.color());
            }
            canvas.text(Text.TICK, name(index), left + sample(), middle + 4, Anchor.LEFT);
        });
    }

    /// Takes the place of one name.
    private interface Placed {
        void at(int index, double x, int row);
    }

    /// @return the number of rows
    private int place(double width, Placed placed) {
        double x = 0;
        int row = 0;
        for (int index = 0; index < series.size(); index++) {
            double needed = sample() + Text.TICK.width(name(index));
            if (x > 0 && x + needed > width) {
                x = 0;
                row++;
            }
            placed.at(index, x, row);
            x += needed + BETWEEN;
        }
        return row + 1;
    }

    private double sample() {
        return asLines ? 26 : 18;
    }

    private String name(int index) {
        return Text.TICK.shortened(series.get(index), LONGEST_NAME);
    }
}
