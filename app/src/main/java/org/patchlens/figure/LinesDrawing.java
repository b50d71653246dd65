package org.patchlens.figure;

import java.awt.geom.Path2D;
import java.util.stream.DoubleStream;
import org.patchlens.analysis.Figure.Interval;
import org.patchlens.analysis.Figure.Lines;
import org.patchlens.figure.axis.Axis;
import org.patchlens.figure.axis.Legend;
import org.patchlens.figure.axis.Plot;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.SeriesStyle;
import org.patchlens.figure.canvas.Text;
import org.patchlens.tensor.FloatMatrix;

/// Curves over a common axis.
record LinesDrawing(Lines figure, Setting setting) implements Drawing {
    private static final double HEIGHT = 330;
    private static final double PANEL_HEIGHT = 180;
    private static final double BAND_OPACITY = 0.18;
    private static final double BELOW = 46;
    private static final int MOST_MARKED = 40;

    @Override
    public double height(double width) {
        return legend().height(width) + (setting.isPanel() ? PANEL_HEIGHT : HEIGHT) + BELOW;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double top = area.y() + legend().height(area.width()) + 6;
        Axis vertical = Axis.around(numbers(), figure.logarithmic() ? 10 : 6, figure.logarithmic());
        double left = Plot.left(vertical);
        Area inner = new Area(area.x() + left, top, area.width() - left - 10, area.bottom() - BELOW - top);
        Plot plot = new Plot(canvas, inner, vertical);
        plot.drawVertical(figure.yLabel(), area.x());
        Axis horizontal = horizontal();
        drawTicks(canvas, inner, horizontal);
        plot.drawHorizontal(figure.xLabel(), area.bottom() - 4);
        for (int series = figure.values().rows() - 1; series >= 0; series--) {
            int shown = series;
            figure.interval().ifPresent(ends -> drawBand(plot, horizontal, shown, ends));
        }
        for (int series = figure.values().rows() - 1; series >= 0; series--) {
            drawCurve(plot, horizontal, series);
        }
    }

    private Legend legend() {
        return new Legend(figure.series(), Legend.Sample.LINE);
    }

    private Axis horizontal() {
        FloatMatrix x = figure.x();
        int n = x.columns();
        return n == 0 ? Axis.exactly(0, 1, 10) : Axis.exactly(x.get(0, 0), x.get(0, n - 1), 10);
    }

    private DoubleStream numbers() {
        return DoubleStream.concat(
                Numbers.of(figure.values()),
                figure.interval().stream()
                        .flatMapToDouble(ends -> DoubleStream.concat(Numbers.of(ends.low()), Numbers.of(ends.high()))));
    }

    private static void drawTicks(Canvas canvas, Area inner, Axis horizontal) {
        for (int i = 0; i < horizontal.ticks().values().size(); i++) {
            double x = inner.x() + horizontal.part(horizontal.ticks().values().get(i)) * inner.width();
            canvas.line(x, inner.bottom(), x, inner.bottom() + 4, Canvas.RULE);
            canvas.text(Text.TICK, horizontal.ticks().labels().get(i), x, inner.bottom() + 18, Anchor.CENTER);
        }
    }

    /// A number that is missing, or not above 0 on a logarithmic axis, interrupts the curve.
    private boolean isDrawn(double value) {
        return Double.isFinite(value) && !(figure.logarithmic() && value <= 0);
    }

    private double x(Plot plot, Axis horizontal, int point) {
        return plot.area().x()
                + horizontal.part(figure.x().get(0, point)) * plot.area().width();
    }

    private void drawCurve(Plot plot, Axis horizontal, int series) {
        SeriesStyle style = SeriesStyle.of(series);
        Path2D.Double path = new Path2D.Double();
        boolean drawing = false;
        int points = figure.x().columns();
        for (int i = 0; i < points; i++) {
            double value = figure.values().get(series, i);
            if (!isDrawn(value)) {
                drawing = false;
                continue;
            }
            double x = x(plot, horizontal, i);
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
        plot.canvas().stroke(path, style.pen());
    }

    /// One closed shape per run of points that have an interval: forth along the upper ends, back along the lower.
    private void drawBand(Plot plot, Axis horizontal, int series, Interval ends) {
        int points = figure.x().columns();
        int start = 0;
        while (start < points) {
            int end = start;
            while (end < points
                    && isDrawn(ends.low().get(series, end))
                    && isDrawn(ends.high().get(series, end))) {
                end++;
            }
            if (end > start) {
                Path2D.Double band = new Path2D.Double();
                band.moveTo(x(plot, horizontal, start), plot.y(ends.high().get(series, start)));
                for (int i = start + 1; i < end; i++) {
                    band.lineTo(x(plot, horizontal, i), plot.y(ends.high().get(series, i)));
                }
                for (int i = end - 1; i >= start; i--) {
                    band.lineTo(x(plot, horizontal, i), plot.y(ends.low().get(series, i)));
                }
                band.closePath();
                plot.canvas().fill(band, SeriesStyle.of(series).color(), BAND_OPACITY);
            }
            start = end + 1;
        }
    }
}
