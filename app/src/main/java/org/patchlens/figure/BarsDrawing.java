package org.patchlens.figure;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure.Bars;
import org.patchlens.figure.Canvas.Anchor;
import org.patchlens.tensor.FloatMatrix;

/// Bars side by side, from 0.
record BarsDrawing(Bars figure) implements Drawing {
    private static final double HEIGHT = 320;
    private static final double LONGEST_NAME = 140;
    private static final double FILLED = 0.76;
    private static final double WIDEST = 56;

    @Override
    public double height(double width) {
        return legend().height(width) + HEIGHT + below(width);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double top = area.y() + legend().height(area.width()) + 6;
        Axis vertical = Axis.fromZero(numbers(), 6);
        double left = Plot.left(vertical);
        double below = below(area.width());
        Plot plot = new Plot(
                canvas,
                new Area(area.x() + left, top, area.width() - left - 4, area.bottom() - below - top),
                vertical);
        plot.drawVertical(figure.yLabel(), area.x());
        drawBars(plot);
        drawNames(plot, turned(area.width()));
        plot.drawHorizontal(figure.xLabel(), area.bottom() - 4);
        canvas.line(plot.area().x(), plot.y(0), plot.area().right(), plot.y(0), Canvas.RULE);
    }

    private Legend legend() {
        return new Legend(figure.series(), false);
    }

    private DoubleStream numbers() {
        FloatMatrix values = figure.values();
        return IntStream.range(0, values.rows())
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, values.columns()).mapToDouble(c -> values.get(row, c)));
    }

    private double below(double width) {
        double names = turned(width) ? longestName() + 12 : 24;
        return names + (figure.xLabel().isEmpty() ? 0 : 20);
    }

    private boolean turned(double width) {
        return longestName() + 8 > (width - 60) / Math.max(1, figure.names().size()) && !thinned(width);
    }

    /// Numbers and other short names stay upright: only some of them are written.
    private boolean thinned(double width) {
        return longestName() < 26 && figure.names().size() > 12;
    }

    private double longestName() {
        return Math.min(
                LONGEST_NAME, figure.names().stream().mapToDouble(Text.TICK::width).max().orElse(0));
    }

    private void drawBars(Plot plot) {
        FloatMatrix values = figure.values();
        double slot = plot.area().width() / Math.max(1, values.columns());
        double bar = Math.min(WIDEST, slot * FILLED / Math.max(1, values.rows()));
        double zero = plot.y(0);
        for (int column = 0; column < values.columns(); column++) {
            double start = plot.area().x() + (column + 0.5) * slot - bar * values.rows() / 2;
            for (int series = 0; series < values.rows(); series++) {
                float value = values.get(series, column);
                if (Float.isFinite(value)) {
                    double y = plot.y(value);
                    plot.canvas()
                            .fillRectangle(
                                    start + series * bar,
                                    Math.min(y, zero),
                                    bar - Math.min(1, bar * 0.1),
                                    Math.abs(zero - y),
                                    SeriesStyle.of(series).color());
                }
            }
        }
    }

    private void drawNames(Plot plot, boolean turned) {
        int count = figure.names().size();
        double slot = plot.area().width() / Math.max(1, count);
        double needed = turned ? 15 : longestName() + 8;
        int stride = (int) Math.max(1, Math.ceil(needed / slot));
        for (int i = 0; i < count; i += stride) {
            double x = plot.area().x() + (i + 0.5) * slot;
            String name = Text.TICK.shortened(figure.names().get(i), LONGEST_NAME);
            if (turned) {
                plot.canvas().textUpwards(Text.TICK, name, x + 4, plot.area().bottom() + 8, Anchor.RIGHT);
            } else {
                plot.canvas().text(Text.TICK, name, x, plot.area().bottom() + 18, Anchor.CENTER);
            }
        }
    }
}
