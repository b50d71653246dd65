package org.patchlens.figure;

import java.util.stream.IntStream;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Overlay;
import org.patchlens.figure.axis.ColorBar;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.study.ViewImage;

/// The image beside itself under its coloured patches, so that the eye can compare; in a panel the covered image
/// alone.
record OverlayDrawing(Overlay figure, ViewImage view, Setting setting) implements Drawing {
    private static final double GAP = 12;
    private static final double FAINTEST = 0.4;
    private static final double STRONGEST = 0.8;

    /// The low end of this map is black, which would only darken the image.
    private static final double FAINTEST_BLACK = 0.15;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return place(new Area(0, 0, width, 0)).height() + (setting.isPanel() ? 4 : 10);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        Area covered = place(area);
        MarkDrawing marks =
                new MarkDrawing(canvas, figure.values().rows(), figure.values().columns());
        if (!setting.isPanel()) {
            Area plain = covered;
            covered = new Area(Math.round(plain.right() + GAP), plain.y(), plain.width(), plain.height());
            new ViewPixels(view, canvas, plain).draw();
            marks.drawChosen(figure.marks(), plain);
        }
        new ViewPixels(view, canvas, covered).draw(this::cover);
        marks.draw(figure.marks(), covered);
        if (hasBar()) {
            new ColorBar(figure.scale()).draw(canvas, covered);
        }
    }

    /// An image without a coloured patch needs no colours explained.
    private boolean hasBar() {
        return setting.hasBar()
                && IntStream.range(0, figure.values().rows())
                        .anyMatch(row -> IntStream.range(0, figure.values().columns())
                                .anyMatch(column -> !Float.isNaN(figure.values().get(row, column))));
    }

    /// The first image from the left.
    private Area place(Area area) {
        double width = area.width() - (hasBar() ? setting.barWidth() : 0);
        double room = setting.isPanel() ? width : Math.floor((width - GAP) / 2);
        return ViewPixels.place(view, new Area(area.x(), area.y() + (setting.isPanel() ? 0 : 4), room, 0), TALLEST);
    }

    private int cover(double x, double y, int color) {
        float value = new PatchValues(figure.values(), figure.interpolation()).at(x, y);
        return Float.isNaN(value) ? color : Colors.mix(color, Colors.of(figure.scale(), value), opacity(value));
    }

    /// What is far from the ordinary covers more of the image than what is not.
    private double opacity(float value) {
        ColorScale scale = figure.scale();
        double part = Math.clamp((value - (double) scale.low()) / ((double) scale.high() - scale.low()), 0, 1);
        return switch (scale.map()) {
            case VIRIDIS, CIVIDIS, TURBO -> between(FAINTEST, part);
            case INFERNO -> between(FAINTEST_BLACK, Math.sqrt(part));
            case DIVERGING -> between(FAINTEST, Math.abs(2 * part - 1));
        };
    }

    private static double between(double faintest, double strength) {
        return faintest + (STRONGEST - faintest) * strength;
    }
}
