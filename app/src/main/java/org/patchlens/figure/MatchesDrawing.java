package org.patchlens.figure;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import org.patchlens.analysis.Figure.Match;
import org.patchlens.analysis.Figure.Matches;
import org.patchlens.figure.axis.ColorBar;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Pen;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.study.ViewImage;

/// Two images side by side, and lines between the centres of the patches that belong together.
record MatchesDrawing(Matches figure, ViewImage left, ViewImage right, Setting setting) implements Drawing {
    private static final double GAP = 36;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return place(left, 0, new Area(0, 0, width, 0)).height() + 10;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        Area from = place(left, area.x(), area);
        Area to = place(right, from.right() + GAP, area);
        new ViewPixels(left, canvas, from).draw();
        new ViewPixels(right, canvas, to).draw();
        MarkDrawing patches =
                new MarkDrawing(canvas, figure.grid().rows(), figure.grid().columns());
        for (Match match : figure.matches()) {
            Area start = patches.patch(match.row(), match.column(), from);
            Area end = patches.patch(match.otherRow(), match.otherColumn(), to);
            draw(canvas, start, end, Colors.of(figure.scale(), match.strength()));
        }
        if (setting.hasBar()) {
            new ColorBar(figure.scale()).draw(canvas, to);
        }
    }

    private static void draw(Canvas canvas, Area start, Area end, int color) {
        canvas.stroke(
                new Line2D.Double(start.centerX(), start.centerY(), end.centerX(), end.centerY()),
                Pen.solid(1.4, color));
        for (Area place : new Area[] {start, end}) {
            canvas.fill(new Ellipse2D.Double(place.centerX() - 2.5, place.centerY() - 2.5, 5, 5), color);
        }
    }

    private Area place(ViewImage view, double x, Area area) {
        double room = Math.floor((area.width() - setting.barWidth() - GAP) / 2);
        return ViewPixels.place(view, new Area(x, area.y() + 4, room, 0), TALLEST);
    }
}
