package org.patchlens.figure;

import java.util.function.IntUnaryOperator;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Colors;

/// Many points as cells: each mixes the colours of its points, and is stronger where there are more, on a
/// logarithmic scale. No point covers another.
///
/// @param places of the points
/// @param color of each point, 0xRRGGBB
record PointDensity(PointPlaces places, IntUnaryOperator color) {
    /// The side of a cell in logical pixels.
    private static final double CELL = 2;

    /// A single point must still be seen.
    private static final double FAINTEST = 0.3;

    private static final int WHITE = 0xffffff;

    void draw(Canvas canvas) {
        Area plot = places.plot();
        int side = (int) Math.max(1, Math.round(plot.width() / CELL));
        int[] counts = new int[side * side];
        long[][] sums = new long[3][side * side];
        int most = 1;
        for (int point = 0; point < places.count(); point++) {
            if (places.isFinite(point)) {
                int cell = cell(places.y(point) - plot.y(), side) * side + cell(places.x(point) - plot.x(), side);
                most = Math.max(most, ++counts[cell]);
                int color = this.color.applyAsInt(point);
                for (int part = 0; part < 3; part++) {
                    sums[part][cell] += (color >> (8 * part)) & 0xff;
                }
            }
        }
        double strongest = Math.log1p(most);
        canvas.cells(plot, side, side, (row, column) -> {
            int cell = row * side + column;
            double strength = FAINTEST + (1 - FAINTEST) * Math.log1p(counts[cell]) / strongest;
            return counts[cell] == 0 ? WHITE : Colors.mix(WHITE, mean(sums, cell, counts[cell]), strength);
        });
    }

    private static int cell(double distance, int side) {
        return Math.clamp((int) (distance / CELL), 0, side - 1);
    }

    private static int mean(long[][] sums, int cell, int count) {
        int color = 0;
        for (int part = 2; part >= 0; part--) {
            color = color << 8 | (int) ((sums[part][cell] + count / 2) / count);
        }
        return color;
    }
}
