package org.patchlens.figure;

import java.util.List;
import org.patchlens.analysis.Figure.Table;
import org.patchlens.figure.Canvas.Anchor;

/// Rows of text and numbers: numbers to the right, text to the left, thin rules.
record TableDrawing(Table figure) implements Drawing {
    private static final double ROW = 24;
    private static final double BETWEEN = 22;
    private static final int MOST_ROWS = 60;

    @Override
    public double height(double width) {
        int left = figure.rows().size() - shownRows().size();
        return (1 + shownRows().size() + (left > 0 ? 1 : 0)) * ROW + 12;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        double[] widths = widths(area.width());
        double baseline = area.y() + 18;
        drawRow(canvas, area, baseline, Text.HEADING, figure.columns(), widths);
        canvas.line(area.x(), baseline + 8, area.right(), baseline + 8, Canvas.RULE);
        for (List<String> row : shownRows()) {
            baseline += ROW;
            drawRow(canvas, area, baseline, Text.CELL, row, widths);
            canvas.line(area.x(), baseline + 8, area.right(), baseline + 8, Canvas.FAINT_RULE);
        }
        int left = figure.rows().size() - shownRows().size();
        if (left > 0) {
            canvas.text(Text.TICK, "and " + left + " more rows", area.x(), baseline + ROW, Anchor.LEFT);
        }
    }

    private List<List<String>> shownRows() {
        return figure.rows().subList(0, Math.min(MOST_ROWS, figure.rows().size()));
    }

    private void drawRow(Canvas canvas, Area area, double baseline, Text style, List<String> cells, double[] widths) {
        double x = area.x();
        for (int column = 0; column < widths.length; column++) {
            boolean number = TableText.isNumeric(figure, column);
            String text = style.shortened(cells.get(column), widths[column]);
            canvas.text(style, text, number ? x + widths[column] : x, baseline, number ? Anchor.RIGHT : Anchor.LEFT);
            x += widths[column] + BETWEEN;
        }
    }

    /// As wide as their widest cell; all narrowed alike where the table is too wide.
    private double[] widths(double room) {
        double[] widths = new double[figure.columns().size()];
        double sum = 0;
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Text.HEADING.width(figure.columns().get(column)) + 1;
            for (List<String> row : shownRows()) {
                widths[column] = Math.max(widths[column], Text.CELL.width(row.get(column)) + 1);
            }
            sum += widths[column];
        }
        double factor = Math.min(1, (room - BETWEEN * (widths.length - 1)) / sum);
        for (int column = 0; column < widths.length; column++) {
            widths[column] *= factor;
        }
        return widths;
    }
}
