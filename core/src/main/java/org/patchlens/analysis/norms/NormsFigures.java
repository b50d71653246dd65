package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Norms].
final class NormsFigures {
    private NormsFigures() {}

    /// Where outliers are comes first, if there are any; else how norms grow over the layers.
    static List<Figure> of(Norms.Result result) {
        List<Figure> figures = new ArrayList<>();
        shownLayer(result).ifPresent(layer -> figures.add(positions(result, layer)));
        figures.add(overlay(result));
        figures.add(curves(result));
        figures.add(radial(result));
        figures.add(histogram(result));
        if (!result.group().isEmpty()) {
            figures.add(groups(result));
        }
        figures.add(table(result));
        return figures;
    }

    private static Optional<LayerNorms> shownLayer(Norms.Result result) {
        return result.layers().stream()
                .filter(layer -> result.outliersBegin().equals(Optional.of(layer.layer())))
                .findFirst();
    }

    private static Figure positions(Norms.Result result, LayerNorms layer) {
        return new Figure.Heatmap(
                "Where outliers lie",
                "The share of " + images(result) + " in which the patch is an outlier at layer " + layer.layer()
                        + " of "
                        + result.model() + ": a norm above "
                        + Numbers.significant(layer.outliers().threshold()) + ", "
                        + Numbers.plain(result.factor()) + " times the median of the layer.",
                layer.outliers().positions(),
                "column of the grid",
                "row of the grid",
                List.of(),
                List.of(),
                new ColorScale(ColorMap.INFERNO, 0, 1, "share of images"));
    }

    private static Figure overlay(Norms.Result result) {
        Norms.ShownImage shown = result.shown();
        FloatMatrix norms = shown.norms();
        PatchGrid grid = result.grid();
        FloatMatrix seen = FloatMatrix.zeros(norms.rows(), norms.columns());
        seen.copyFrom(norms);
        if (shown.outliersMasked()) {
            shown.outliers().forEach(patch -> seen.set(grid.row(patch), grid.column(patch), Float.NaN));
        }
        String outliers = shown.outliers().isEmpty()
                ? ""
                : " Of the outliers, " + shown.outliers().size() + " patches, "
                        + (shown.outliersMasked() ? "none is coloured" : "all are coloured")
                        + "; the largest norm among them is " + Numbers.significant(largest(norms)) + ".";
        return new Figure.Overlay(
                "Norms over an image",
                "The norm of the patches of " + shown.id() + " at layer " + shown.layer() + " of " + result.model()
                        + ", from " + Numbers.significant(smallest(seen)) + " to "
                        + Numbers.significant(largest(seen)) + "." + outliers,
                shown.index(),
                seen,
                new ColorScale(ColorMap.VIRIDIS, 0, Math.max(Float.MIN_NORMAL, largest(seen)), "norm"),
                Figure.Interpolation.NEAREST,
                shown.outliers().stream()
                        .map(patch -> new Figure.Mark(grid.row(patch), grid.column(patch), Figure.MarkKind.OUTLIER))
                        .toList());
    }

    private static float smallest(FloatMatrix matrix) {
        float smallest = Float.POSITIVE_INFINITY;
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                float value = matrix.get(row, column);
                smallest = Float.isNaN(value) ? smallest : Math.min(smallest, value);
            }
        }
        return smallest == Float.POSITIVE_INFINITY ? 0 : smallest;
    }

    private static float largest(FloatMatrix matrix) {
        float largest = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                float value = matrix.get(row, column);
                largest = Float.isNaN(value) ? largest : Math.max(largest, value);
            }
        }
        return largest;
    }

    /// The median with the band from the 25th to the 75th percentile, the tail above it, and the special tokens.
    private static Figure curves(Norms.Result result) {
        int layers = result.layers().size();
        List<SpecialToken> kinds = result.layers().getFirst().special().stream()
                .map(LayerNorms.SpecialNorms::token)
                .toList();
        List<String> names = new ArrayList<>(List.of("median", "95 %", "maximum"));
        kinds.forEach(kind -> names.add(name(kind) + ", median"));
        FloatMatrix x = FloatMatrix.zeros(1, layers);
        FloatMatrix values = FloatMatrix.zeros(names.size(), layers);
        FloatMatrix low = FloatMatrix.zeros(names.size(), layers);
        FloatMatrix high = FloatMatrix.zeros(names.size(), layers);
        low.fill(Float.NaN);
        high.fill(Float.NaN);
        for (int i = 0; i < layers; i++) {
            LayerNorms layer = result.layers().get(i);
            x.set(0, i, position(result, i));
            values.set(0, i, layer.patches().median());
            low.set(0, i, layer.patches().lowerQuartile());
            high.set(0, i, layer.patches().upperQuartile());
            values.set(1, i, layer.patches().percentile95());
            values.set(2, i, layer.patches().maximum());
            for (int kind = 0; kind < kinds.size(); kind++) {
                values.set(3 + kind, i, layer.special().get(kind).norms().median());
            }
        }
        String last = result.layers().getLast().layer().isLast()
                ? " The point furthest right is after the final norm, which rescales every token: it is no step of the"
                        + " curve."
                : "";
        return new Figure.Lines(
                "Norms over the layers",
                "Over all patches of " + images(result) + " at the layers of " + result.model()
                        + "; the band holds the middle half of the patches." + last,
                "layer",
                "norm",
                x,
                values,
                names,
                true,
                Optional.of(new Figure.Interval(low, high)));
    }

    private static String name(SpecialToken kind) {
        return switch (kind) {
            case CLS -> "CLS";
            case DISTILLATION -> "distillation";
            case REGISTER -> "registers";
        };
    }

    /// Whether the border differs from the middle: padding, collimation and artefacts show there.
    private static Figure radial(Norms.Result result) {
        List<LayerNorms> layers = result.layers();
        FloatMatrix values = FloatMatrix.zeros(
                layers.size(), layers.getFirst().positions().radius().columns());
        for (int i = 0; i < layers.size(); i++) {
            values.row(i).copyFrom(layers.get(i).positions().radial());
        }
        return new Figure.Lines(
                "Norms from the centre to the corners",
                "The median norm of " + images(result) + " at each place of the grid over the median of the layer, mean"
                        + " over rings around the centre, for every layer of " + result.model() + "; 1 is ordinary.",
                "distance from the centre of the image (1 in the corners)",
                "norm over the layer's median",
                layers.getFirst().positions().radius(),
                values,
                layers.stream().map(layer -> "layer " + layer.layer()).toList(),
                true);
    }

    private static Figure groups(Norms.Result result) {
        LayerNorms layer = shownLayer(result).orElse(result.layers().getLast());
        List<LayerNorms.GroupNorms> groups = layer.groups();
        FloatMatrix medians = FloatMatrix.zeros(1, groups.size());
        FloatMatrix low = FloatMatrix.zeros(1, groups.size());
        FloatMatrix high = FloatMatrix.zeros(1, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            medians.set(0, i, groups.get(i).patches().median());
            low.set(0, i, groups.get(i).patches().lowerQuartile());
            high.set(0, i, groups.get(i).patches().upperQuartile());
        }
        return new Figure.Bars(
                "Norms by " + result.group(),
                "The median of the patch norms of the images with each " + result.group() + ", at layer "
                        + layer.layer()
                        + " of " + result.model() + ", over " + images(result)
                        + "; the lines hold the middle half of the patches.",
                result.group(),
                "norm",
                groups.stream()
                        .map(group -> group.value() + " (" + group.images() + ")")
                        .toList(),
                medians,
                List.of("median"),
                Optional.of(new Figure.Interval(low, high)));
    }

    /// After the final norm stands one step right of the block before it.
    private static float position(Norms.Result result, int index) {
        LayerNorms layer = result.layers().get(index);
        if (!layer.layer().isLast()) {
            return layer.layer().index();
        }
        return index == 0 ? 0 : position(result, index - 1) + 1;
    }

    private static Optional<Distribution> cls(LayerNorms layer) {
        return layer.special().stream()
                .filter(special -> special.token() == SpecialToken.CLS)
                .map(LayerNorms.SpecialNorms::norms)
                .findFirst();
    }

    private static Figure histogram(Norms.Result result) {
        FloatMatrix shares = result.histogram().shares();
        FloatMatrix logarithms = FloatMatrix.zeros(shares.rows(), shares.columns());
        float low = 0;
        for (int row = 0; row < shares.rows(); row++) {
            for (int column = 0; column < shares.columns(); column++) {
                float share = shares.get(row, column);
                float logarithm = share == 0 ? Float.NaN : (float) StrictMath.log10(share);
                logarithms.set(row, column, logarithm);
                low = share == 0 ? low : Math.min(low, logarithm);
            }
        }
        return new Figure.Heatmap(
                "Histogram of norms",
                "How the patch norms of " + images(result) + " spread at each layer of " + result.model()
                        + "; a step right is a norm 1.19 times as large. Outliers are what lies apart on the right.",
                logarithms,
                "norm",
                "layer",
                result.histogram().names(),
                result.layers().stream().map(layer -> layer.layer().toString()).toList(),
                new ColorScale(ColorMap.VIRIDIS, Math.min(-1, low), 0, "log10 of the share of patches"));
    }

    private static Figure table(Norms.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (LayerNorms layer : result.layers()) {
            Distribution patches = layer.patches();
            OutlierPatches outliers = layer.outliers();
            rows.add(List.of(
                    layer.layer().toString(),
                    Numbers.significant(patches.median()),
                    Numbers.significant(patches.deviation()),
                    Numbers.significant(patches.percentile95()),
                    Numbers.significant(patches.maximum()),
                    cls(layer).map(cls -> Numbers.significant(cls.median())).orElse(""),
                    Numbers.percent(outliers.patchShare()),
                    Numbers.percent(outliers.imageShare()),
                    outliers.clsAttention().map(Numbers::percent).orElse("")));
        }
        return new Figure.Table(
                "Norms per layer",
                verdict(result),
                List.of(
                        "layer",
                        "median",
                        "deviation",
                        "95 %",
                        "maximum",
                        "CLS",
                        "outliers [%]",
                        "images with outliers [%]",
                        "CLS attention on outliers [%]"),
                rows);
    }

    private static String verdict(Norms.Result result) {
        String rule = "A patch is an outlier above " + Numbers.plain(result.factor())
                + " times the median of its layer, over " + images(result) + " and " + result.model() + ".";
        return rule + " " + result.verdict().words();
    }

    private static String images(Norms.Result result) {
        return result.imagesMeasured() == result.images()
                ? result.images() + (result.images() == 1 ? " image" : " images")
                : result.imagesMeasured() + " of " + result.images() + " images";
    }
}
