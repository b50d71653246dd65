package org.patchlens.figure;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.ByNumber;
import org.patchlens.analysis.Figure.Scatter;
import org.patchlens.figure.Canvas.Anchor;
import org.patchlens.figure.SeriesStyle.Marker;
import org.patchlens.tensor.FloatMatrix;

/// Points in a square, at one scale along both axes; points in space as seen from above their front left corner.
///
/// Points are drawn in an order that mixes them, so that no category covers another by coming last in the data.
record ScatterDrawing(Scatter figure) implements Drawing {
    private static final double TALLEST = 560;
    private static final double BELOW = 26;

    /// A prime that no ordinary number of points is a multiple of: steps of this size visit every point once.
    private static final long STEP = 1_000_003;

    @Override
    public double height(double width) {
        return legend().height(width) + side(width) + BELOW;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        legend().draw(canvas, area);
        double side = side(area.width());
        double top = area.y() + legend().height(area.width());
        Area plot = new Area(Math.round(area.x() + 26), Math.round(top), Math.round(side), Math.round(side));
        FloatMatrix flat = figure.points().columns() == 2 ? figure.points() : seen(figure.points());
        drawPoints(canvas, plot, flat);
        canvas.frame(plot.x(), plot.y(), plot.width(), plot.height(), Canvas.RULE);
        if (figure.points().columns() == 2) {
            canvas.text(Text.LABEL, figure.axes().get(0), plot.centerX(), plot.bottom() + 20, Anchor.CENTER);
            canvas.textUpwards(Text.LABEL, figure.axes().get(1), area.x() + 14, plot.centerY(), Anchor.CENTER);
        } else {
            String axes = String.join(", ", figure.axes());
            canvas.text(Text.LABEL, axes + ", seen from one corner", plot.centerX(), plot.bottom() + 20, Anchor.CENTER);
        }
        if (figure.colors() instanceof ByNumber byNumber) {
            new ColorBar(byNumber.scale()).draw(canvas, plot);
        }
    }

    private Legend legend() {
        return switch (figure.colors()) {
            case ByCategory byCategory -> new Legend(byCategory.categories(), false);
            case ByNumber byNumber -> new Legend(List.of(), false);
        };
    }

    private static double side(double width) {
        return Math.min(TALLEST, width - 26 - ColorBar.WIDTH);
    }

    /// Turned by 35 degrees about the upright third axis, then tilted by 25 degrees.
    private static FloatMatrix seen(FloatMatrix points) {
        double turn = Math.toRadians(35);
        double tilt = Math.toRadians(25);
        FloatMatrix flat = FloatMatrix.zeros(points.rows(), 2);
        for (int i = 0; i < points.rows(); i++) {
            double x = points.get(i, 0) * Math.cos(turn) - points.get(i, 1) * Math.sin(turn);
            double depth = points.get(i, 0) * Math.sin(turn) + points.get(i, 1) * Math.cos(turn);
            flat.set(i, 0, (float) x);
            flat.set(i, 1, (float) (points.get(i, 2) * Math.cos(tilt) + depth * Math.sin(tilt)));
        }
        return flat;
    }

    private void drawPoints(Canvas canvas, Area plot, FloatMatrix flat) {
        Range x = Range.of(flat, 0);
        Range y = Range.of(flat, 1);
        double span = Math.max(Math.max(x.width(), y.width()), Float.MIN_NORMAL);
        int count = flat.rows();
        double radius = Math.clamp(60 / Math.sqrt(Math.max(1, count)), 0.6, 3.5);
        double scale = (plot.width() - 16) / span;
        long step = count > 0 && STEP % count == 0 ? 1 : STEP;
        for (int i = 0; i < count; i++) {
            int point = (int) (i * step % count);
            double left = plot.centerX() + (flat.get(point, 0) - x.middle()) * scale;
            double up = plot.centerY() - (flat.get(point, 1) - y.middle()) * scale;
            if (Double.isFinite(left) && Double.isFinite(up)) {
                canvas.marker(style(point), left, up, radius);
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

    /// The numbers along one axis; those that are not finite are left out.
    ///
    /// @param low the smallest
    /// @param high the largest
    private record Range(double low, double high) {
        static Range of(FloatMatrix points, int axis) {
            List<Float> finite = new ArrayList<>();
            for (int i = 0; i < points.rows(); i++) {
                if (Float.isFinite(points.get(i, axis))) {
                    finite.add(points.get(i, axis));
                }
            }
            return new Range(
                    finite.stream().mapToDouble(Float::doubleValue).min().orElse(0),
                    finite.stream().mapToDouble(Float::doubleValue).max().orElse(0));
        }

        double width() {
            return high - low;
        }

        double middle() {
            return (low + high) / 2;
        }
    }
}
