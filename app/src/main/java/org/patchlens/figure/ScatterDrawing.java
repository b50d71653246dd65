package org.patchlens.figure;

import java.util.List;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.ByNumber;
import org.patchlens.analysis.Figure.Scatter;
import org.patchlens.figure.axis.ColorBar;
import org.patchlens.figure.axis.Legend;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.figure.canvas.SeriesStyle;
import org.patchlens.figure.canvas.SeriesStyle.Marker;
import org.patchlens.figure.canvas.Text;

/// Points in a square, at one scale along both axes; points in space as seen from above their front left corner.
///
/// Points are drawn in an order that mixes them, so that no category covers another by coming last in the data.
/// Where there are too many to see each, [PointDensity] draws them.
record ScatterDrawing(Scatter figure, Setting setting) implements Drawing {
    private static final double TALLEST = 560;
    private static final double BELOW = 26;
    private static final double NOTE = 18;

    /// More points than this cover each other in a square of 560 pixels.
    static final int MOST_POINTS = 20_000;

    /// A prime that no ordinary number of points is a multiple of: steps of this size visit every point once.
    private static final long STEP = 1_000_003;

    @Override
    public double height(double width) {
        return legend().height(width) + side(width) + BELOW + (isDense() ? NOTE : 0);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double side = side(area.width());
        double top = area.y() + legend().height(area.width());
        Area plot = new Area(Math.round(area.x() + 26), Math.round(top), Math.round(side), Math.round(side));
        PointPlaces places = PointPlaces.of(figure.points(), plot);
        if (isDense()) {
            new PointDensity(places, this::color).draw(canvas);
        } else {
            drawPoints(canvas, places);
        }
        canvas.frame(plot, Canvas.RULE);
        label(canvas, plot, area.x() + 14);
        if (figure.colors() instanceof ByNumber byNumber && setting.hasBar()) {
            new ColorBar(byNumber.scale()).draw(canvas, plot);
        }
    }

    private void label(Canvas canvas, Area plot, double upwardsX) {
        double baseline = plot.bottom() + 20;
        if (figure.points().columns() == 2) {
            canvas.text(Text.LABEL, figure.axes().get(0), plot.centerX(), baseline, Anchor.CENTER);
            canvas.textUpwards(Text.LABEL, figure.axes().get(1), upwardsX, plot.centerY(), Anchor.CENTER);
        } else {
            String axes = String.join(", ", figure.axes());
            canvas.text(Text.LABEL, axes + ", seen from one corner", plot.centerX(), baseline, Anchor.CENTER);
        }
        if (isDense()) {
            String note = "many points: a cell mixes their colours, and is stronger where there are more";
            canvas.text(
                    Text.TICK, Text.TICK.shortened(note, plot.width()), plot.centerX(), baseline + NOTE, Anchor.CENTER);
        }
    }

    private boolean isDense() {
        return figure.points().rows() > MOST_POINTS;
    }

    private Legend legend() {
        return switch (figure.colors()) {
            case ByCategory byCategory ->
                new Legend(byCategory.categories(), isDense() ? Legend.Sample.BLOCK : Legend.Sample.MARKER);
            case ByNumber byNumber -> new Legend(List.of(), Legend.Sample.MARKER);
        };
    }

    private double side(double width) {
        boolean needsBar = !setting.isPanel() || (figure.colors() instanceof ByNumber && setting.hasBar());
        return Math.min(TALLEST, width - 26 - (needsBar ? setting.barWidth() : 0));
    }

    private void drawPoints(Canvas canvas, PointPlaces places) {
        int count = places.count();
        double radius = Math.clamp(60 / Math.sqrt(Math.max(1, count)), 0.6, 3.5);
        long step = count > 0 && STEP % count == 0 ? 1 : STEP;
        for (int i = 0; i < count; i++) {
            int point = (int) (i * step % count);
            if (places.isFinite(point)) {
                canvas.marker(style(point), places.x(point), places.y(point), radius);
            }
        }
    }

    private SeriesStyle style(int point) {
        float value = figure.colors().values().get(0, point);
        return switch (figure.colors()) {
            case ByCategory byCategory when !Float.isNaN(value) -> SeriesStyle.of((int) value);
            case ByCategory byCategory -> new SeriesStyle(Colors.MISSING, List.of(), Marker.CIRCLE);
            case ByNumber byNumber -> new SeriesStyle(Colors.of(byNumber.scale(), value), List.of(), Marker.CIRCLE);
        };
    }

    private int color(int point) {
        return style(point).color();
    }
}
