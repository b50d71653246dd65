package org.patchlens.figure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.patchlens.analysis.Figure;
import org.patchlens.tensor.FloatMatrix;

/// The numbers of a figure as rows, complete and unrounded, for CSV and for reading.
public final class FigureRows {
    private static final List<String> PLACE = List.of("image", "row", "column");

    private FigureRows() {}

    /// One row per cell, bar or point; a table is what it is.
    public static Figure.Table of(Figure figure) {
        return switch (figure) {
            case Figure.Heatmap f ->
                cells(f, f.values(), nameOr(f.yLabel(), "row"), nameOr(f.xLabel(), "column"), f.yTicks(), f.xTicks());
            case Figure.Overlay f -> cells(f, f.values(), "row", "column", List.of(), List.of());
            case Figure.Bars f ->
                withInterval(
                        cells(f, f.values(), "series", nameOr(f.xLabel(), "bar"), f.series(), f.names()), f.interval());
            case Figure.Lines f ->
                withInterval(
                        cells(f, f.values(), "series", nameOr(f.xLabel(), "x"), f.series(), numbers(f.x())),
                        f.interval());
            case Figure.Matches f -> matches(f);
            case Figure.Grid f -> panels(f);
            case Figure.PatchColors f ->
                cells(f, f.colors(), "patch", "part", List.of(), List.of("red", "green", "blue"));
            case Figure.Scatter f -> points(f);
            case Figure.Table f -> f;
        };
    }

    private static Figure.Table cells(
            Figure figure,
            FloatMatrix values,
            String rowHeading,
            String columnHeading,
            List<String> rowNames,
            List<String> columnNames) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                float value = values.get(row, column);
                rows.add(List.of(name(rowNames, row), name(columnNames, column), text(value)));
            }
        }
        return new Figure.Table(figure.title(), figure.caption(), List.of(rowHeading, columnHeading, "value"), rows);
    }

    private static String text(float value) {
        return Float.isNaN(value) ? "" : Float.toString(value);
    }

    /// The ends of each interval beside its value, where there are intervals.
    private static Figure.Table withInterval(Figure.Table values, Optional<Figure.Interval> interval) {
        if (interval.isEmpty()) {
            return values;
        }
        FloatMatrix low = interval.get().low();
        FloatMatrix high = interval.get().high();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < values.rows().size(); i++) {
            List<String> row = new ArrayList<>(values.rows().get(i));
            row.add(text(low.get(i / low.columns(), i % low.columns())));
            row.add(text(high.get(i / high.columns(), i % high.columns())));
            rows.add(row);
        }
        List<String> headings = new ArrayList<>(values.columns());
        headings.addAll(List.of("low", "high"));
        return new Figure.Table(values.title(), values.caption(), headings, rows);
    }

    private static Figure.Table matches(Figure.Matches figure) {
        List<List<String>> rows = figure.matches().stream()
                .map(match -> List.of(
                        Integer.toString(match.row()),
                        Integer.toString(match.column()),
                        Integer.toString(match.otherRow()),
                        Integer.toString(match.otherColumn()),
                        Float.toString(match.strength())))
                .toList();
        return new Figure.Table(
                figure.title(),
                figure.caption(),
                List.of("row", "column", "other row", "other column", "strength"),
                rows);
    }

    /// The rows of all panels, one after the other, with the title of the panel before them; a heading that a
    /// panel does not have stays empty in its rows.
    private static Figure.Table panels(Figure.Grid figure) {
        SequencedSet<String> headings = new LinkedHashSet<>(List.of("panel"));
        List<Figure.Table> panels = figure.panels().stream().map(FigureRows::of).toList();
        panels.forEach(panel -> headings.addAll(panel.columns()));
        List<List<String>> rows = new ArrayList<>();
        for (Figure.Table panel : panels) {
            for (List<String> row : panel.rows()) {
                List<String> cells = new ArrayList<>(List.of(panel.title()));
                headings.stream().skip(1).forEach(heading -> {
                    int column = panel.columns().indexOf(heading);
                    cells.add(column < 0 ? "" : row.get(column));
                });
                rows.add(cells);
            }
        }
        return new Figure.Table(figure.title(), figure.caption(), List.copyOf(headings), rows);
    }

    private static Figure.Table points(Figure.Scatter figure) {
        List<String> headings = new ArrayList<>(figure.names().isPresent() ? PLACE : List.of());
        headings.addAll(figure.axes());
        headings.add(figure.colors().name());
        List<List<String>> rows = new ArrayList<>();
        for (int point = 0; point < figure.points().rows(); point++) {
            List<String> row = new ArrayList<>();
            addPlace(figure.names(), point, row);
            for (int axis = 0; axis < figure.axes().size(); axis++) {
                row.add(Float.toString(figure.points().get(point, axis)));
            }
            float value = figure.colors().values().get(0, point);
            row.add(
                    switch (figure.colors()) {
                        case Figure.ByCategory byCategory ->
                            Float.isNaN(value) ? "" : byCategory.categories().get((int) value);
                        case Figure.ByNumber byNumber -> text(value);
                    });
            rows.add(row);
        }
        return new Figure.Table(figure.title(), figure.caption(), headings, rows);
    }

    private static void addPlace(Optional<Figure.PointNames> names, int point, List<String> row) {
        names.ifPresent(known -> {
            row.add(known.images().get((int) known.places().get(0, point)));
            for (int part = 1; part < PLACE.size(); part++) {
                float place = known.places().get(part, point);
                row.add(Float.isNaN(place) ? "" : Integer.toString((int) place));
            }
        });
    }

    private static List<String> numbers(FloatMatrix x) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < x.columns(); i++) {
            numbers.add(Float.toString(x.get(0, i)));
        }
        return numbers;
    }

    private static String name(List<String> names, int index) {
        return names.isEmpty() ? Integer.toString(index) : names.get(index);
    }

    private static String nameOr(String label, String otherwise) {
        return label.isEmpty() ? otherwise : label;
    }
}
