package org.patchlens.figure.axis;

import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.figure.canvas.Text;

/// Tells which number a colour stands for.
///
/// @param scale that it explains
public record ColorBar(ColorScale scale) {
    /// The width that it needs beside a plot, with its numbers, unit and the gap to the plot.
    public static final double WIDTH = 96;

    private static final double GAP = 18;
    private static final double BAR = 14;
    private static final double CLOSEST = 15;
    private static final int STEPS = 256;

    /// Draws it to the right of a plot, as high as the plot.
    public void draw(Canvas canvas, Area plot) {
        double x = Math.round(plot.right() + GAP);
        Area bar = new Area(x, plot.y(), BAR, plot.height());
        canvas.cells(bar, STEPS, 1, (step, column) -> Colors.at(scale.map(), 1 - (step + 0.5) / STEPS));
        canvas.frame(bar, Canvas.RULE);
        drawNumbers(canvas, plot, x + BAR);
        if (!scale.unit().isEmpty()) {
            canvas.textUpwards(Text.TICK, scale.unit(), plot.right() + WIDTH + 2, plot.centerY(), Anchor.CENTER);
        }
    }

    /// The two ends always have their numbers; readable numbers stand between where they are far enough from both.
    private void drawNumbers(Canvas canvas, Area plot, double x) {
        double low = scale.low();
        double high = scale.high();
        Ticks ticks = Ticks.linear(low, high, (int) Math.max(2, plot.height() / 48));
        double step = ticks.values().size() > 1
                ? ticks.values().get(1) - ticks.values().get(0)
                : Math.max(high - low, Float.MIN_NORMAL);
        number(canvas, x, plot.bottom(), end(low, step));
        number(canvas, x, plot.y(), end(high, step));
        for (int i = 0; i < ticks.values().size(); i++) {
            double y = plot.bottom() - (ticks.values().get(i) - low) / (high - low) * plot.height();
            if (y - plot.y() >= CLOSEST && plot.bottom() - y >= CLOSEST) {
                number(canvas, x, y, ticks.labels().get(i));
            }
        }
    }

    /// As precise as the other numbers where it is one of them, else with three digits of the larger end.
    private String end(double value, double step) {
        double steps = value / step;
        if (Math.abs(steps - Math.rint(steps)) < 1e-4) {
            return Ticks.label(Math.rint(steps) * step, step);
        }
        double largest = Math.max(Math.abs(scale.low()), Math.abs(scale.high()));
        double fine = Math.pow(10, Math.floor(Math.log10(largest)) - 2);
        return Ticks.label(Math.rint(value / fine) * fine, fine, step);
    }

    private static void number(Canvas canvas, double x, double y, String label) {
        canvas.line(x, y, x + 4, y, Canvas.RULE);
        canvas.text(Text.TICK, label, x + 8, y + 4, Anchor.LEFT);
    }
}
