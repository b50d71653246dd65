package org.patchlens.figure;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.analysis.Figure;
import org.patchlens.tensor.FloatMatrix;

/// The numbers of a figure as rows, complete and unrounded, for CSV and for reading.
public final class FigureRows {
    private FigureRows() {}

    /// One row per cell, bar or point; a table is what it is.
    public static Figure.Table of(Figure figure) {
        return switch (figure) {
            case Figure.Heatmap f ->
                cells(f, f.values(), nameOr(f.yLabel(), "row"), nameOr(f.xLabel(), "column"), f.yTicks(), f.xTicks());
            case Figure.Overlay f -> cells(f, f.values(), "row", "column", List.of(), List.of());
            case Figure.Bars f -> cells(f, f.values(), "series", nameOr(f.xLabel(), "bar"), f.series(), f.names());
            case Figure.Lines f -> cells(f, f.values(), "series", nameOr(f.xLabel(), "x"), f.series(), numbers(f.x()));
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
                rows.add(List.of(
                        name(rowNames, row),
                        name(columnNames, column),
                        Float.isNaN(value) ? "" : Float.toString(value)));
            }
        }
        return new Figure.Table(figure.title(), figure.caption(), List.of(rowHeading, columnHeading, "value"), rows);
    }

    private static Figure.Table points(Figure.Scatter figure) {
        List<String> headings = new ArrayList<>(figure.axes());
        headings.add(figure.colors().name());
        List<List<String>> rows = new ArrayList<>();
        for (int point = 0; point < figure.points().rows(); point++) {
            List<String> row = new ArrayList<>();
            for (int axis = 0; axis < figure.axes().size(); axis++) {
                row.add(Float.toString(figure.points().get(point, axis)));
            }
            float value = figure.colors().values().get(0, point);
            row.add(
                    switch (figure.colors()) {
                        case Figure.ByCategory byCategory ->
                            Float.isNaN(value) ? "" : byCategory.categories().get((int) value);
                        case Figure.ByNumber byNumber -> Float.isNaN(value) ? "" : Float.toString(value);
                    });
            rows.add(row);
        }
        return new Figure.Table(figure.title(), figure.caption(), headings, rows);
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
