package org.patchlens.figure;

import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure.Heatmap;
import org.patchlens.figure.axis.ColorBar;
import org.patchlens.figure.axis.Ticks;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.figure.canvas.Text;
import org.patchlens.tensor.FloatMatrix;

/// A matrix as coloured cells: square where the matrix is about square, else stretched to fill its place.
record HeatmapDrawing(Heatmap figure, Setting setting) implements Drawing {
    private static final double TALLEST = 520;
    private static final double SHORTEST = 150;
    private static final double LONGEST_NAME = 150;
    private static final double MOST_STRETCHED = 3;

    @Override
    public double height(double width) {
        return plot(new Area(0, 0, width, 0)).bottom() + below();
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        Area plot = plot(area);
        FloatMatrix values = figure.values();
        canvas.cells(
                plot,
                values.rows(),
                values.columns(),
                (row, column) -> Colors.of(figure.scale(), values.get(row, column)));
        canvas.frame(plot, Canvas.RULE);
        drawRows(canvas, plot);
        drawColumns(canvas, plot);
        if (setting.hasBar()) {
            new ColorBar(figure.scale()).draw(canvas, plot);
        }
        canvas.textUpwards(Text.LABEL, figure.yLabel(), area.x() + 12, plot.centerY(), Anchor.CENTER);
        canvas.text(Text.LABEL, figure.xLabel(), plot.centerX(), plot.bottom() + below() - 4, Anchor.CENTER);
    }

    private Area plot(Area area) {
        double left = 26 + 10 + nameWidth(figure.yTicks(), figure.values().rows());
        double room = area.width() - left - setting.barWidth();
        double ratio = (double) figure.values().columns() / figure.values().rows();
        double wide = Math.min(room, TALLEST * ratio);
        double width = ratio > 1 / MOST_STRETCHED ? wide : Math.min(room, 240);
        double height = Math.clamp(width / ratio, setting.isPanel() ? 0 : SHORTEST, TALLEST);
        return new Area(area.x() + Math.round(left), area.y() + 6, Math.round(width), Math.round(height));
    }

    private static double nameWidth(List<String> names, int count) {
        return names.isEmpty()
                ? Text.TICK.width(Integer.toString(count - 1))
                : Math.min(
                        LONGEST_NAME,
                        names.stream().mapToDouble(Text.TICK::width).max().orElse(0));
    }

    private double below() {
        return (turned() ? nameWidth(figure.xTicks(), 0) + 12 : 24)
                + (figure.xLabel().isEmpty() ? 0 : 20);
    }

    /// Whether the names of the columns are too wide to stand side by side.
    private boolean turned() {
        double room = 500.0 / figure.values().columns();
        return figure.xTicks().stream().anyMatch(name -> Text.TICK.width(name) > room - 6);
    }

    private void drawRows(Canvas canvas, Area plot) {
        int rows = figure.values().rows();
        for (int row : shown(rows, (int) (plot.height() / 16), figure.yTicks())) {
            double y = plot.y() + (row + 0.5) * plot.height() / rows;
            canvas.line(plot.x() - 4, y, plot.x(), y, Canvas.RULE);
            String name = Text.TICK.shortened(name(figure.yTicks(), row), LONGEST_NAME);
            canvas.text(Text.TICK, name, plot.x() - 8, y + 4, Anchor.RIGHT);
        }
    }

    private void drawColumns(Canvas canvas, Area plot) {
        int columns = figure.values().columns();
        boolean turned = turned();
        for (int column : shown(columns, (int) (plot.width() / (turned ? 16 : columnRoom())), figure.xTicks())) {
            double x = plot.x() + (column + 0.5) * plot.width() / columns;
            canvas.line(x, plot.bottom(), x, plot.bottom() + 4, Canvas.RULE);
            String name = Text.TICK.shortened(name(figure.xTicks(), column), LONGEST_NAME);
            if (turned) {
                canvas.textUpwards(Text.TICK, name, x + 4, plot.bottom() + 8, Anchor.RIGHT);
            } else {
                canvas.text(Text.TICK, name, x, plot.bottom() + 18, Anchor.CENTER);
            }
        }
    }

    /// What the widest name of a column needs.
    private double columnRoom() {
        return 8
                + figure.xTicks().stream()
                        .mapToDouble(Text.TICK::width)
                        .max()
                        .orElse(Text.TICK.width(Integer.toString(figure.values().columns() - 1)));
    }

    /// Numbers at readable distances, and names one by one or every so many.
    private static List<Integer> shown(int count, int most, List<String> names) {
        if (names.isEmpty()) {
            return Ticks.whole(0, count - 1, Math.min(most, 12)).values().stream()
                    .map(Double::intValue)
                    .toList();
        }
        int stride = Math.max(1, Math.ceilDiv(count, Math.max(1, most)));
        return IntStream.iterate(0, i -> i < count, i -> i + stride).boxed().toList();
    }

    private static String name(List<String> names, int index) {
        return names.isEmpty() ? Integer.toString(index) : names.get(index);
    }
}
