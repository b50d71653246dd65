package org.patchlens.figure;

import java.util.List;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.Grid;
import org.patchlens.figure.axis.ColorBar;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Text;

/// Figures side by side, each below its own title; a row is as high as its highest panel.
///
/// @param figure the grid
/// @param panels how its panels are drawn, in their order
record GridDrawing(Grid figure, List<Drawing> panels) implements Drawing {
    private static final double GAP = 12;
    private static final double TITLE = 18;
    private static final double TALLEST_BAR = 420;

    @Override
    public double height(double width) {
        double height = 0;
        for (int first = 0; first < panels.size(); first += columns()) {
            height += rowHeight(first, panelWidth(width)) + GAP;
        }
        return height;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        double width = panelWidth(area.width());
        double y = area.y();
        for (int first = 0; first < panels.size(); first += columns()) {
            double height = rowHeight(first, width);
            for (int i = first; i < Math.min(first + columns(), panels.size()); i++) {
                drawPanel(canvas, i, new Area(area.x() + (i - first) * (width + GAP), y, width, height));
            }
            y += height + GAP;
        }
        figure.scale().ifPresent(scale -> {
            double tall = Math.min(TALLEST_BAR, area.height() - TITLE - GAP);
            new ColorBar(scale).draw(canvas, new Area(area.x(), area.y() + TITLE, area.width() - ColorBar.WIDTH, tall));
        });
    }

    private void drawPanel(Canvas canvas, int index, Area area) {
        Figure panel = figure.panels().get(index);
        String title = Text.PANEL.shortened(panel.title(), area.width());
        canvas.text(Text.PANEL, title, area.x(), area.y() + 12, Anchor.LEFT);
        Drawing drawing = panels.get(index);
        double height = drawing.height(area.width());
        drawing.draw(canvas, new Area(area.x(), area.y() + TITLE, area.width(), height));
        double baseline = area.y() + TITLE + height + 12;
        for (String line : caption(index, area.width())) {
            canvas.text(Text.TICK, line, area.x(), baseline, Anchor.LEFT);
            baseline += Text.TICK.lineHeight();
        }
    }

    private double rowHeight(int first, double width) {
        double height = 0;
        for (int i = first; i < Math.min(first + columns(), panels.size()); i++) {
            double caption = caption(i, width).size() * Text.TICK.lineHeight();
            height = Math.max(height, TITLE + panels.get(i).height(width) + caption);
        }
        return height;
    }

    private List<String> caption(int index, double width) {
        return Text.TICK.wrap(figure.panels().get(index).caption(), width);
    }

    private int columns() {
        return Math.max(1, Math.min(figure.columns(), panels.size()));
    }

    private double panelWidth(double width) {
        double bar = figure.scale().isPresent() ? ColorBar.WIDTH : 0;
        return Math.floor((width - bar - GAP * (columns() - 1)) / columns());
    }
}
