package org.patchlens.figure.canvas;

import java.util.List;
import org.patchlens.analysis.CategoryColor;

/// How one of several series is told from the others: by colour, and from the ninth on also by dash, marker and
/// stripes.
///
/// @param color 0xRRGGBB
/// @param dash lengths drawn and left out, in pixels; empty for a solid line
/// @param marker drawn at the points of a short curve
public record SeriesStyle(int color, List<Float> dash, Marker marker) {
    /// The shape of a point.
    public enum Marker {
        CIRCLE,
        SQUARE,
        DIAMOND,
        TRIANGLE
    }

    private static final List<CategoryColor> PALETTE = List.of(CategoryColor.values());

    private static final List<List<Float>> DASHES =
            List.of(List.of(), List.of(6f, 3f), List.of(1.5f, 2.5f), List.of(8f, 2.5f, 1.5f, 2.5f));

    /// The style of the series with this number, from 0; repeats after 32.
    public static SeriesStyle of(int series) {
        int round = series / PALETTE.size() % DASHES.size();
        return new SeriesStyle(PALETTE.get(series % PALETTE.size()).rgb(), DASHES.get(round), Marker.values()[round]);
    }

    /// How its line is drawn.
    public Canvas.Pen pen() {
        return new Canvas.Pen(2, dash, color, 1);
    }

    /// Draws the stripes of its bars; the first eight series have none, the others stripes ever closer to each
    /// other.
    public void drawStripes(Canvas canvas, Area bar) {
        if (marker == Marker.CIRCLE) {
            return;
        }
        double distance = 12.0 / (DASHES.indexOf(dash) + 1);
        for (double y = bar.y() + distance / 2; y + 1.5 <= bar.bottom(); y += distance) {
            canvas.fillRectangle(bar.x(), y, bar.width(), 1.5, 0xffffff);
        }
    }
}
