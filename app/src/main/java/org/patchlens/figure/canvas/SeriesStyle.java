package org.patchlens.figure.canvas;

import java.util.List;

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

    /// The palette of Okabe and Ito 2008, "Color Universal Design", told apart with any colour vision; its yellow
    /// is darkened, since it is hard to see on white, and comes last.
    private static final List<Integer> OKABE_ITO =
            List.of(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000, 0xb5a800);

    private static final List<List<Float>> DASHES =
            List.of(List.of(), List.of(6f, 3f), List.of(1.5f, 2.5f), List.of(8f, 2.5f, 1.5f, 2.5f));

    /// The style of the series with this number, from 0; repeats after 32.
    public static SeriesStyle of(int series) {
        int round = series / OKABE_ITO.size() % DASHES.size();
        return new SeriesStyle(OKABE_ITO.get(series % OKABE_ITO.size()), DASHES.get(round), Marker.values()[round]);
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
