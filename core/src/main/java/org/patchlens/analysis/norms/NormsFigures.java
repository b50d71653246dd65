package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
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
        figures.add(histogram(result));
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
        return new Figure.Overlay(
                "Norms over an image",
                "The norm of every patch of " + shown.id() + " at layer " + shown.layer() + " of " + result.model()
                        + ".",
                shown.index(),
                shown.norms(),
                new ColorScale(ColorMap.VIRIDIS, 0, Math.max(Float.MIN_NORMAL, largest(shown.norms())), "norm"));
    }

    private static float largest(FloatMatrix matrix) {
        float largest = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                largest = Math.max(largest, matrix.get(row, column));
            }
        }
        return largest;
    }

    private static Figure curves(Norms.Result result) {
        int layers = result.layers().size();
        FloatMatrix x = FloatMatrix.zeros(1, layers);
        FloatMatrix values = FloatMatrix.zeros(4, layers);
        for (int i = 0; i < layers; i++) {
            LayerNorms layer = result.layers().get(i);
            x.set(0, i, position(result, i));
            values.set(0, i, layer.patches().median());
            values.set(1, i, layer.patches().percentile95());
            values.set(2, i, layer.patches().maximum());
            values.set(3, i, cls(layer).map(Distribution::median).orElse(Float.NaN));
        }
        boolean hasCls = result.layers().stream().anyMatch(layer -> cls(layer).isPresent());
        String last =
                result.layers().getLast().layer().isLast() ? " The point furthest right is after the final norm." : "";
        return new Figure.Lines(
                "Norms over the layers",
                "Over all patches of " + images(result) + " at the layers of " + result.model() + "." + last,
                "layer",
                "norm",
                x,
                hasCls ? values : values.rows(0, 3),
                hasCls ? List.of("median", "95 %", "maximum", "CLS, median") : List.of("median", "95 %", "maximum"),
                true);
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
        return result.outliersBegin()
                .map(layer -> rule + " Outliers begin at layer " + layer + ".")
                .orElse(rule + " At no layer one image in ten has any.");
    }

    private static String images(Norms.Result result) {
        return result.imagesMeasured() == result.images()
                ? result.images() + (result.images() == 1 ? " image" : " images")
                : result.imagesMeasured() + " of " + result.images() + " images";
    }
}
