package org.patchlens.figure;

import java.awt.geom.Path2D;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure.Lines;
import org.patchlens.figure.Canvas.Anchor;
import org.patchlens.tensor.FloatMatrix;

/// Curves over a common axis.
record LinesDrawing(Lines figure) implements Drawing {
    private static final double HEIGHT = 330;
    private static final double BELOW = 46;
    private static final int MOST_MARKED = 40;

    @Override
    public double height(double width) {
        return legend().height(width) + HEIGHT + BELOW;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double top = area.y() + legend().height(area.width()) + 6;
        Axis vertical = Axis.around(numbers(figure.values()), figure.logarithmic() ? 10 : 6, figure.logarithmic());
        double left = Plot.left(vertical);
        Area inner = new Area(area.x() + left, top, area.width() - left - 10, area.bottom() - BELOW - top);
        Plot plot = new Plot(canvas, inner, vertical);
        plot.drawVertical(figure.yLabel(), area.x());
        Axis horizontal = horizontal();
        drawTicks(canvas, inner, horizontal);
        plot.drawHorizontal(figure.xLabel(), area.bottom() - 4);
        for (int series = figure.values().rows() - 1; series >= 0; series--) {
            drawCurve(plot, horizontal, series);
        }
    }

    private Legend legend() {
        return new Legend(figure.series(), true);
    }

    private Axis horizontal() {
        FloatMatrix x = figure.x();
        int n = x.columns();
        return n == 0 ? Axis.exactly(0, 1, 10) : Axis.exactly(x.get(0, 0), x.get(0, n - 1), 10);
    }

    private static DoubleStream numbers(FloatMatrix values) {
        return IntStream.range(0, values.rows())
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, values.columns()).mapToDouble(c -> values.get(row, c)));
    }

    private static void drawTicks(Canvas canvas, Area inner, Axis horizontal) {
        for (int i = 0; i < horizontal.ticks().values().size(); i++) {
            double x = inner.x() + horizontal.part(horizontal.ticks().values().get(i)) * inner.width();
            canvas.line(x, inner.bottom(), x, inner.bottom() + 4, Canvas.RULE);
            canvas.text(Text.TICK, horizontal.ticks().labels().get(i), x, inner.bottom() + 18, Anchor.CENTER);
        }
    }

    /// A number that is missing, or not above 0 on a logarithmic axis, interrupts the curve.
    private void drawCurve(Plot plot, Axis horizontal, int series) {
        SeriesStyle style = SeriesStyle.of(series);
        Path2D.Double path = new Path2D.Double();
        boolean drawing = false;
        int points = figure.x().columns();
        for (int i = 0; i < points; i++) {
            double value = figure.values().get(series, i);
            if (!Double.isFinite(value) || (figure.logarithmic() && value <= 0)) {
                drawing = false;
                continue;
            }
            double x = plot.area().x()
                    + horizontal.part(figure.x().get(0, i)) * plot.area().width();
            double y = plot.y(value);
            if (drawing) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
                drawing = true;
            }
            if (points <= MOST_MARKED) {
                plot.canvas().marker(style, x, y, 3);
            }
        }
        plot.canvas().stroke(path, 2, style.dash(), style.color());
    }
}
