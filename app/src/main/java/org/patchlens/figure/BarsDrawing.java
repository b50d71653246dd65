package org.patchlens.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.patchlens.analysis.Figure.Bars;
import org.patchlens.figure.axis.Axis;
import org.patchlens.figure.axis.Legend;
import org.patchlens.figure.axis.Plot;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.SeriesStyle;
import org.patchlens.figure.canvas.Text;
import org.patchlens.tensor.FloatMatrix;

/// Bars side by side, from 0.
record BarsDrawing(Bars figure, Setting setting) implements Drawing {
    private static final double HEIGHT = 320;
    private static final double PANEL_HEIGHT = 180;
    private static final double LONGEST_NAME = 140;
    private static final double FILLED = 0.76;
    private static final double WIDEST = 56;

    @Override
    public double height(double width) {
        return legend().height(width) + (setting.isPanel() ? PANEL_HEIGHT : HEIGHT) + below(width);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double top = area.y() + legend().height(area.width()) + 6;
        Axis vertical = Axis.fromZero(numbers(), 6);
        double left = Plot.left(vertical);
        double below = below(area.width());
        Plot plot = new Plot(
                canvas, new Area(area.x() + left, top, area.width() - left - 4, area.bottom() - below - top), vertical);
        plot.drawVertical(figure.yLabel(), area.x());
        drawBars(plot);
        drawNames(plot, area.width());
        plot.drawHorizontal(figure.xLabel(), area.bottom() - 4);
        canvas.line(plot.area().x(), plot.y(0), plot.area().right(), plot.y(0), Canvas.RULE);
    }

    private Legend legend() {
        return new Legend(figure.series(), Legend.Sample.BLOCK);
    }

    private DoubleStream numbers() {
        return DoubleStream.concat(
                Numbers.of(figure.values()),
                figure.interval().stream()
                        .flatMapToDouble(ends -> DoubleStream.concat(Numbers.of(ends.low()), Numbers.of(ends.high()))));
    }

    private double below(double width) {
        double names = turned(width) ? longest(figure.names()) + 12 : 8 + lines(width) * Text.TICK.lineHeight();
        return names + (figure.xLabel().isEmpty() ? 0 : 22);
    }

    /// Names stand upright in up to three lines where their words fit, or where some of them may be left out, as
    /// numbers may.
    private boolean turned(double width) {
        boolean wordsFit = figure.names().stream()
                .flatMap(name -> Stream.of(name.split("\\s+", -1)))
                .allMatch(word -> Text.TICK.width(word) <= slot(width));
        boolean numbers = longest(figure.names()) < 26 && figure.names().size() > 12;
        return !numbers && !(wordsFit && lines(width) <= 3);
    }

    private int lines(double width) {
        return figure.names().stream()
                .mapToInt(
                        name -> Text.TICK.wrap(name, Math.max(26, slot(width))).size())
                .max()
                .orElse(1);
    }

    /// The room of one name beside its neighbours.
    private double slot(double width) {
        return (width - 70) / Math.max(1, figure.names().size()) - 8;
    }

    private static double longest(List<String> names) {
        return Math.min(
                LONGEST_NAME, names.stream().mapToDouble(Text.TICK::width).max().orElse(0));
    }

    private void drawBars(Plot plot) {
        FloatMatrix values = figure.values();
        double slot = plot.area().width() / Math.max(1, values.columns());
        double bar = Math.min(WIDEST, slot * FILLED / Math.max(1, values.rows()));
        for (int column = 0; column < values.columns(); column++) {
            double start = plot.area().x() + (column + 0.5) * slot - bar * values.rows() / 2;
            for (int series = 0; series < values.rows(); series++) {
                if (Float.isFinite(values.get(series, column))) {
                    double left = start + series * bar;
                    drawBar(
                            plot,
                            SeriesStyle.of(series),
                            left,
                            bar - Math.min(1, bar * 0.1),
                            values.get(series, column));
                    drawInterval(plot, series, column, left + bar / 2, Math.min(5, bar / 4));
                }
            }
        }
    }

    private static void drawBar(Plot plot, SeriesStyle style, double left, double width, float value) {
        double y = plot.y(value);
        double zero = plot.y(0);
        Area bar = new Area(left, Math.min(y, zero), width, Math.abs(zero - y));
        plot.canvas().fillRectangle(bar.x(), bar.y(), bar.width(), bar.height(), style.color());
        style.drawStripes(plot.canvas(), bar);
    }

    /// A line from end to end of the interval, each end with a stroke across.
    private void drawInterval(Plot plot, int series, int column, double x, double arm) {
        figure.interval().ifPresent(ends -> {
            double low = plot.y(ends.low().get(series, column));
            double high = plot.y(ends.high().get(series, column));
            if (Double.isFinite(low) && Double.isFinite(high)) {
                plot.canvas().line(x, low, x, high, Canvas.INK);
                plot.canvas().line(x - arm, low, x + arm, low, Canvas.INK);
                plot.canvas().line(x - arm, high, x + arm, high, Canvas.INK);
            }
        });
    }

    private void drawNames(Plot plot, double width) {
        int count = figure.names().size();
        boolean turned = turned(width);
        double slot = plot.area().width() / Math.max(1, count);
        double needed = turned ? 15 : Math.min(longest(figure.names()) + 8, Math.max(26, slot));
        int stride = (int) Math.max(1, Math.ceil(needed / slot));
        for (int i = 0; i < count; i += stride) {
            double x = plot.area().x() + (i + 0.5) * slot;
            if (turned) {
                String name = Text.TICK.shortened(figure.names().get(i), LONGEST_NAME);
                plot.canvas().textUpwards(Text.TICK, name, x + 4, plot.area().bottom() + 8, Anchor.RIGHT);
            } else {
                drawLines(plot, x, Text.TICK.wrap(figure.names().get(i), Math.max(26, slot(width))));
            }
        }
    }

    private static void drawLines(Plot plot, double x, List<String> lines) {
        double baseline = plot.area().bottom() + 18;
        for (String line : lines) {
            plot.canvas().text(Text.TICK, line, x, baseline, Anchor.CENTER);
            baseline += Text.TICK.lineHeight();
        }
    }
}
