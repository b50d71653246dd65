package org.patchlens.figure;

import org.patchlens.analysis.Figure.PatchColors;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// The image, and beside it its patches in their own colours; in a panel the patches alone.
record PatchColorsDrawing(PatchColors figure, ViewImage view, Setting setting) implements Drawing {
    private static final double GAP = 12;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return place(new Area(0, 0, width, 0)).height() + (setting.isPanel() ? 4 : 10);
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        Area painted = place(area);
        if (!setting.isPanel()) {
            new ViewPixels(view, canvas, painted).draw();
            painted = new Area(Math.round(painted.right() + GAP), painted.y(), painted.width(), painted.height());
        }
        canvas.cells(
                painted,
                figure.grid().rows(),
                figure.grid().columns(),
                (row, column) -> color(figure.grid().patch(row, column)));
        canvas.frame(painted, Canvas.RULE);
    }

    private Area place(Area area) {
        double room = setting.isPanel() ? area.width() : Math.floor((area.width() - GAP) / 2);
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
