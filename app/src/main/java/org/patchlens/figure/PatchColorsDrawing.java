package org.patchlens.figure;

import org.patchlens.analysis.Figure.PatchColors;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// The image, and beside it its patches in their own colours.
record PatchColorsDrawing(PatchColors figure, ViewImage view) implements Drawing {
    private static final double GAP = 12;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return sideHeight(width) + 10;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        double height = sideHeight(area.width());
        double width = Math.round(height * view.width() / view.height());
        Area plain = new Area(area.x(), area.y() + 4, width, height);
        Area painted = new Area(Math.round(plain.right() + GAP), plain.y(), width, height);
        canvas.paste(Cells.pixels(canvas, plain, view.height(), view.width(), this::seen), plain.x(), plain.y());
        canvas.paste(
                Cells.pixels(
                        canvas,
                        painted,
                        figure.grid().rows(),
                        figure.grid().columns(),
                        (row, column) -> color(figure.grid().patch(row, column))),
                painted.x(),
                painted.y());
        canvas.frame(plain.x(), plain.y(), plain.width(), plain.height(), Canvas.RULE);
        canvas.frame(painted.x(), painted.y(), painted.width(), painted.height(), Canvas.RULE);
    }

    private double sideHeight(double width) {
        double room = Math.floor((width - GAP) / 2);
        return Math.round(Math.min(TALLEST, room * view.height() / view.width()));
    }

    private int seen(int row, int column) {
        int at = (row * view.width() + column) * view.channels();
        int color = 0;
        for (int part = 0; part < 3; part++) {
            color = color << 8 | (view.samples()[at + (view.channels() == 1 ? 0 : part)] & 0xff);
        }
        return color;
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
