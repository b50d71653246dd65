package org.patchlens.figure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.patchlens.analysis.Figure.Table;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Canvas.Anchor;
import org.patchlens.figure.canvas.Text;

/// Rows of text and numbers: numbers to the right, text to the left, thin rules. Headings take several lines
/// rather than room from the cells.
record TableDrawing(Table figure) implements Drawing {
    private static final double ROW = 24;
    private static final double BETWEEN = 22;
    private static final int MOST_ROWS = 60;
    private static final double NARROWEST_TEXT = 80;

    @Override
    public double height(double width) {
        return headingHeight(widths(width)) + (shownRows().size() + (hiddenRows() > 0 ? 1 : 0)) * ROW + 10;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        double[] widths = widths(area.width());
        double baseline = area.y() + headingHeight(widths) - 8;
        drawHeadings(canvas, area, baseline, widths);
        canvas.line(area.x(), baseline + 8, area.right(), baseline + 8, Canvas.RULE);
        for (List<String> row : shownRows()) {
            baseline += ROW;
            double x = area.x();
            for (int column = 0; column < widths.length; column++) {
                String cell = Text.CELL.shortened(row.get(column), widths[column]);
                write(canvas, Text.CELL, cell, new Area(x, baseline, widths[column], 0), column);
                x += widths[column] + BETWEEN;
            }
            canvas.line(area.x(), baseline + 8, area.right(), baseline + 8, Canvas.FAINT_RULE);
        }
        if (hiddenRows() > 0) {
            canvas.text(Text.TICK, "and " + hiddenRows() + " more rows", area.x(), baseline + ROW, Anchor.LEFT);
        }
    }

    /// Headings end at the same line above the rule.
    private void drawHeadings(Canvas canvas, Area area, double lastBaseline, double[] widths) {
        double x = area.x();
        for (int column = 0; column < widths.length; column++) {
            List<String> lines = Text.HEADING.wrap(figure.columns().get(column), widths[column]);
            double baseline = lastBaseline - (lines.size() - 1) * Text.HEADING.lineHeight();
            for (String line : lines) {
                write(canvas, Text.HEADING, line, new Area(x, baseline, widths[column], 0), column);
                baseline += Text.HEADING.lineHeight();
            }
            x += widths[column] + BETWEEN;
        }
    }

    private void write(Canvas canvas, Text style, String text, Area cell, int column) {
        boolean number = TableText.isNumeric(figure, column);
        canvas.text(style, text, number ? cell.right() : cell.x(), cell.y(), number ? Anchor.RIGHT : Anchor.LEFT);
    }

    private double headingHeight(double[] widths) {
        int most = 1;
        for (int column = 0; column < widths.length; column++) {
            most = Math.max(
                    most,
                    Text.HEADING
                            .wrap(figure.columns().get(column), widths[column])
                            .size());
        }
        return 14 + most * Text.HEADING.lineHeight();
    }

    private List<List<String>> shownRows() {
        return figure.rows().subList(0, Math.min(MOST_ROWS, figure.rows().size()));
    }

    private int hiddenRows() {
        return figure.rows().size() - shownRows().size();
    }

    /// Columns are as wide as their headings where there is room for that, else as wide as their cells and the
    /// longest words of the headings ask for. If even that is too wide, texts are shortened before numbers are.
    private double[] widths(double room) {
        int columns = figure.columns().size();
        double[] widths = new double[columns];
        double[] wished = new double[columns];
        double free = room - BETWEEN * (columns - 1);
        for (int column = 0; column < columns; column++) {
            String heading = figure.columns().get(column);
            widths[column] = 1 + Math.max(widestCell(column), longestWord(heading));
            wished[column] = Math.max(widths[column], 1 + Text.HEADING.width(heading)) - widths[column];
            free -= widths[column];
        }
        if (free < 0) {
            return narrowed(widths, -free);
        }
        double wish = Math.min(1, free / Math.max(1, Arrays.stream(wished).sum()));
        for (int column = 0; column < columns; column++) {
            widths[column] += wish * wished[column];
        }
        return widths;
    }

    private double[] narrowed(double[] widths, double excess) {
        double[] spare = new double[widths.length];
        for (int column = 0; column < widths.length; column++) {
            spare[column] = TableText.isNumeric(figure, column) ? 0 : Math.max(0, widths[column] - NARROWEST_TEXT);
        }
        double part = Math.min(1, excess / Math.max(1, Arrays.stream(spare).sum()));
        double left = 0;
        for (int column = 0; column < widths.length; column++) {
            widths[column] -= part * spare[column];
            left += widths[column];
            excess -= part * spare[column];
        }
        for (int column = 0; column < widths.length; column++) {
            widths[column] *= (left - excess) / left;
        }
        return widths;
    }

    private double widestCell(int column) {
        return shownRows().stream()
                .mapToDouble(row -> Text.CELL.width(row.get(column)))
                .max()
                .orElse(0);
    }

    private static double longestWord(String heading) {
        return Stream.of(heading.split("\\s+", -1))
                .mapToDouble(Text.HEADING::width)
                .max()
                .orElse(0);
    }
}
