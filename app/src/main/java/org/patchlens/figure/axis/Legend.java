package org.patchlens.figure.axis;

import java.awt.geom.Line2D;
import java.util.List;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.SeriesStyle;
import org.patchlens.figure.canvas.Text;

/// Names the series above a diagram, in as many rows as they take; nothing for a single one.
///
/// @param series their names
/// @param sample what stands before each name
public record Legend(List<String> series, Sample sample) {
    /// What shows how a series is drawn.
    public enum Sample {
        /// A piece of its line, with its marker.
        LINE,
        /// A block of its colour.
        BLOCK,
        /// Its marker.
        MARKER
    }

    private static final double ROW = 20;
    private static final double BETWEEN = 18;
    private static final double LONGEST_NAME = 200;

    /// The height that it takes in logical pixels.
    public double height(double width) {
        return series.size() < 2 ? 0 : place(width, (index, x, row) -> {}) * ROW + 6;
    }

    /// Draws it into the top of the area.
    public void draw(Canvas canvas, Area area) {
        if (series.size() < 2) {
            return;
        }
        place(area.width(), (index, x, row) -> {
            double left = area.x() + x;
            double middle = area.y() + row * ROW + 10;
            draw(canvas, SeriesStyle.of(index), left, middle);
            canvas.text(Text.TICK, name(index), left + sampleWidth(), middle + 4, Anchor.LEFT);
        });
    }

    private void draw(Canvas canvas, SeriesStyle style, double left, double middle) {
        switch (sample) {
            case LINE -> {
                canvas.stroke(new Line2D.Double(left, middle, left + sampleWidth() - 6, middle), style.pen());
                canvas.marker(style, left + (sampleWidth() - 6) / 2, middle, 3);
            }
            case BLOCK -> {
                Area block = new Area(left, middle - 6, 12, 12);
                canvas.fillRectangle(block.x(), block.y(), block.width(), block.height(), style.color());
                style.drawStripes(canvas, block);
            }
            case MARKER -> canvas.marker(style, left + 6, middle, 5);
        }
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
            double needed = sampleWidth() + Text.TICK.width(name(index));
            if (x > 0 && x + needed > width) {
                x = 0;
                row++;
            }
            placed.at(index, x, row);
            x += needed + BETWEEN;
        }
        return row + 1;
    }

    private double sampleWidth() {
        return sample == Sample.LINE ? 26 : 18;
    }

    private String name(int index) {
        return Text.TICK.shortened(series.get(index), LONGEST_NAME);
    }
}
