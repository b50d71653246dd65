package org.patchlens.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// One figure of every kind and shape that painters must cope with; the numbers are made up.
final class SampleFigures {
    private SampleFigures() {}

    static final Figure.Heatmap POSITION_MAP = new Figure.Heatmap(
            "Where outlier tokens are",
            "Share of 217 images whose patch at this place is an outlier, block 12 of vit-tiny-patch16-224 at 448 px;"
                    + " an outlier's norm is more than 4 times the layer's median.",
            matrix(14, 14, (row, column) -> (float) Math.exp(-(row * row + column * column) / 30.0)),
            "column of the grid",
            "row of the grid",
            List.of(),
            List.of(),
            new ColorScale(ColorMap.VIRIDIS, 0, 1, "share of images"));

    static final Figure.Heatmap HEADS = new Figure.Heatmap(
            "Attention of CLS to outliers, by block and head",
            "Logit difference; a head without outliers is grey.",
            matrix(12, 6, (row, column) -> row == 3 && column == 2 ? Float.NaN : (row - 5.5f) * (column - 2.5f) / 3),
            "head",
            "block",
            IntStream.range(0, 6).mapToObj(i -> "head " + (i + 1)).toList(),
            IntStream.range(0, 12).mapToObj(i -> "block " + (i + 1)).toList(),
            new ColorScale(ColorMap.DIVERGING, -6, 6, ""));

    static final Figure.Heatmap WIDE = new Figure.Heatmap(
            "Few rows, many columns",
            "",
            matrix(3, 400, (row, column) -> (float) Math.sin(column / 20.0 + row)),
            "patch",
            "",
            List.of(),
            List.of("lung", "mediastinum", "bone"),
            new ColorScale(ColorMap.INFERNO, -1, 1, "mass"));

    static final Figure.Overlay OVERLAY = new Figure.Overlay(
            "Patch norms on the image",
            "Euclidean norm after block 12; patches below the median are not covered.",
            0,
            matrix(14, 14, (row, column) -> row < 7 ? Float.NaN : row * column + 3),
            new ColorScale(ColorMap.INFERNO, 0, 180, "norm"));

    static final Figure.Bars BARS = new Figure.Bars(
            "Images with outliers",
            "By site, before and after the final norm.",
            "site",
            "share of images in %",
            List.of("Cohen", "Figure1", "SIRM", "A hospital with a rather long name", "Other"),
            FloatMatrix.of(2, 5, 12, 37.5f, 4, 88, 51, 8, 21, 2, 60, 44),
            List.of("block 12", "last"));

    static final Figure.Lines LINES = new Figure.Lines(
            "Norms grow with depth",
            "Median over 217 images of the patch tokens' Euclidean norm, and its 5th and 95th percentile.",
            "layer",
            "Euclidean norm",
            FloatMatrix.of(1, 13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
            matrix(3, 13, (row, column) -> (float) (Math.pow(1.4, column) * (1 + 2 * row))),
            List.of("5 %", "median", "95 %"),
            true);

    static final Figure.Lines MANY_LINES = new Figure.Lines(
            "Norm histogram per layer",
            "Share of patch tokens in each of 60 bins.",
            "Euclidean norm",
            "share of patches",
            matrix(1, 60, (row, column) -> column * 2.5f),
            matrix(
                    13,
                    60,
                    (row, column) -> column == 30 && row == 4
                            ? Float.NaN
                            : (float) (Math.exp(-Math.pow((column - 4 * row - 5) / 5.0, 2)) * 0.2)),
            IntStream.range(0, 13)
                    .mapToObj(i -> i == 12 ? "last" : "layer " + i)
                    .toList(),
            false);

    static final Figure.Table TABLE = new Figure.Table(
            "Norms by layer",
            "Robust spread is 1.4826 times the median absolute deviation.",
            List.of("layer", "median", "spread", "outliers", "verdict"),
            List.of(
                    List.of("0", "4.21", "0.31", "0", "none"),
                    List.of("9", "15.02", "1.77", "868", "four corner patches of the grid"),
                    List.of("last", "31.40", "2.06", "12", "few")));

    static final Figure.Overlay MARKED = new Figure.Overlay(
            "Marked patches",
            "A patch that was asked for, and an outlier.",
            0,
            matrix(14, 14, (row, column) -> row + column == 0 ? Float.NaN : row * column / 169f),
            new ColorScale(ColorMap.CIVIDIS, 0, 1, "similarity"),
            Figure.Interpolation.BILINEAR,
            List.of(
                    new Figure.Mark(3, 9, Figure.MarkKind.CHOSEN),
                    new Figure.Mark(0, 0, Figure.MarkKind.OUTLIER),
                    new Figure.Mark(13, 13, Figure.MarkKind.CHOSEN)));

    static final Figure.Matches MATCHES = new Figure.Matches(
            "Mutual nearest patches",
            "Three of them, the strongest last.",
            0,
            30,
            new PatchGrid(14, 14),
            List.of(
                    new Figure.Match(0, 0, 13, 13, 0.4f),
                    new Figure.Match(6, 6, 6, 7, 0.7f),
                    new Figure.Match(13, 0, 12, 1, 0.95f)),
            new ColorScale(ColorMap.TURBO, 0, 1, "cosine"));

    static final Figure.Lines BAND = new Figure.Lines(
            "Accuracy over layers",
            "With 95 % confidence intervals.",
            "layer",
            "accuracy",
            FloatMatrix.of(1, 4, 1, 2, 3, 4),
            FloatMatrix.of(2, 4, 0.5f, 0.6f, 0.8f, 0.9f, 0.4f, 0.4f, 0.5f, 0.5f),
            List.of("probe", "permuted labels"),
            false,
            Optional.of(new Figure.Interval(
                    FloatMatrix.of(2, 4, 0.4f, 0.5f, 0.7f, 0.8f, Float.NaN, 0.3f, 0.4f, Float.NaN),
                    FloatMatrix.of(2, 4, 0.6f, 0.7f, 0.9f, 1.2f, Float.NaN, 0.5f, 0.6f, Float.NaN))));

    static final Figure.Bars ERROR_BARS = new Figure.Bars(
            "Ten series",
            "The ninth and tenth have stripes.",
            "site",
            "score",
            List.of("A", "B"),
            matrix(10, 2, (row, column) -> row + 1 + column),
            IntStream.range(0, 10).mapToObj(i -> "series " + i).toList(),
            Optional.of(new Figure.Interval(
                    matrix(10, 2, (row, column) -> row + 0.5f), matrix(10, 2, (row, column) -> row + 2.5f))));

    static final Figure.Grid GRID = new Figure.Grid(
            "Every head",
            "Five heads on one scale.",
            3,
            IntStream.range(0, 5)
                    .<Figure>mapToObj(
                            head -> new Figure.Overlay("head " + head, "", 0, MARKED.values(), MARKED.scale()))
                    .toList(),
            Optional.of(MARKED.scale()));

    static final Figure.Grid MIXED_GRID = new Figure.Grid(
            "Several kinds",
            "Each with its own scale.",
            2,
            List.of(HEADS, BAND, ERROR_BARS, MATCHES, TABLE, POSITION_MAP),
            Optional.empty());

    static List<Figure> all() {
        List<Figure> figures =
                new ArrayList<>(List.of(POSITION_MAP, HEADS, WIDE, OVERLAY, BARS, LINES, MANY_LINES, TABLE));
        figures.addAll(List.of(MARKED, MATCHES, BAND, ERROR_BARS, GRID, MIXED_GRID));
        return figures;
    }

    /// A grey disc on a dark ground.
    static ViewImage view(int index) {
        int side = 224;
        byte[] samples = new byte[side * side];
        for (int i = 0; i < samples.length; i++) {
            double distance = Math.hypot(i % side - 112, Math.floorDiv(i, side) - 112);
            samples[i] = (byte) (distance < 80 ? 200 - distance : 20 + index);
        }
        return new ViewImage(side, side, 1, samples);
    }

    private interface Cell {
        float at(int row, int column);
    }

    private static FloatMatrix matrix(int rows, int columns, Cell cell) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, cell.at(row, column));
            }
        }
        return matrix;
    }
}
