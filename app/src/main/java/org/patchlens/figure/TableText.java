package org.patchlens.figure;

import java.util.List;
import org.patchlens.analysis.Figure.Table;

/// A table as aligned text.
public final class TableText {
    private TableText() {}

    /// Title, headings and rows, each line ended by a newline; columns of numbers to the right.
    public static String of(Table table) {
        StringBuilder text = new StringBuilder();
        if (!table.title().isEmpty()) {
            text.append(table.title()).append("\n\n");
        }
        appendRow(text, table, table.columns());
        appendRow(
                text,
                table,
                table.columns().stream()
                        .map(h -> "-".repeat(Math.max(1, h.length())))
                        .toList());
        table.rows().forEach(row -> appendRow(text, table, row));
        return text.toString();
    }

    private static void appendRow(StringBuilder text, Table table, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blank = " ".repeat(width(table, column) - length(cell));
            line.append(column == 0 ? "" : "  ").append(isNumeric(table, column) ? blank + cell : cell + blank);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(Table table, int column) {
        return Math.max(
                length(table.columns().get(column)),
                table.rows().stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Whether every cell of a column is a number, with or without a sign, decimals, a percent sign, or missing.
    static boolean isNumeric(Table table, int column) {
        return !table.rows().isEmpty()
                && table.rows().stream()
                        .map(row -> row.get(column))
                        .allMatch(cell ->
                                cell.isEmpty() || cell.matches("[-+\u2212]?[0-9][0-9.,eE+-]*( ?%)?|NaN|-|\u2013"));
    }
}
