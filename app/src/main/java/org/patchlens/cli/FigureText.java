package org.patchlens.cli;

import java.util.List;
import org.patchlens.analysis.Figure;
import org.patchlens.figure.TableText;

/// What a terminal shows of figures.
final class FigureText {
    private FigureText() {}

    /// The tables among the figures, each with its caption; the names of the figures where there is no table.
    static String of(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        for (Figure figure : figures) {
            if (figure instanceof Figure.Table table) {
                text.append(text.isEmpty() ? "" : "\n").append(TableText.of(table));
                text.append(table.caption().isEmpty() ? "" : "\n" + table.caption() + "\n");
            }
        }
        if (text.isEmpty()) {
            figures.forEach(figure -> text.append(figure.title())
                    .append(": ")
                    .append(figure.caption())
                    .append('\n'));
        }
        return text.toString();
    }
}
