package org.patchlens.figure;

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
    /// longest words of the headings ask for; if even that is too wide, all are narrowed alike.
    private double[] widths(double room) {
        int columns = figure.columns().size();
        double[] needed = new double[columns];
        double[] wished = new double[columns];
        double neededSum = BETWEEN * (columns - 1);
        double wishedSum = neededSum;
        for (int column = 0; column < columns; column++) {
            String heading = figure.columns().get(column);
            needed[column] = 1 + Math.max(widestCell(column), longestWord(heading));
            wished[column] = Math.max(needed[column], 1 + Text.HEADING.width(heading));
            neededSum += needed[column];
            wishedSum += wished[column];
        }
        double wish = Math.clamp((room - neededSum) / Math.max(1, wishedSum - neededSum), 0, 1);
        double narrowing =
                neededSum <= room ? 1 : (room - BETWEEN * (columns - 1)) / (neededSum - BETWEEN * (columns - 1));
        for (int column = 0; column < columns; column++) {
            needed[column] = (needed[column] + wish * (wished[column] - needed[column])) * narrowing;
        }
        return needed;
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
