package org.patchlens.figure;

import org.patchlens.analysis.Figure.PatchColors;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// The image, and beside it its patches in their own colours.
record PatchColorsDrawing(PatchColors figure, ViewImage view, Setting setting) implements Drawing {
    private static final double GAP = 12;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return place(new Area(0, 0, width, 0)).height() + (setting.isPanel() ? 4 : 10);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        Area plain = place(area);
        new ViewPixels(view, canvas, plain).draw();
        Area painted = new Area(Math.round(plain.right() + gap()), plain.y(), plain.width(), plain.height());
        canvas.cells(
                painted,
                figure.grid().rows(),
                figure.grid().columns(),
                (row, column) -> color(figure.grid().patch(row, column)));
        canvas.frame(painted, Canvas.RULE);
    }

    /// In a panel the two stand closer to each other than to the next panel.
    private double gap() {
        return setting.isPanel() ? GAP / 4 : GAP;
    }

    private Area place(Area area) {
        double room = Math.floor((area.width() - gap()) / 2);
        return ViewPixels.place(view, new Area(area.x(), area.y() + (setting.isPanel() ? 0 : 4), room, 0), TALLEST);
    }

    private int color(int patch) {
        FloatMatrix colors = figure.colors();
        int color = 0;
        for (int part = 0; part < 3; part++) {
            float share = colors.get(patch, part);
            if (Float.isNaN(share)) {
                return 0;
            }
            color = color << 8 | Math.round(share * 255);
        }
        return color;
    }
}
