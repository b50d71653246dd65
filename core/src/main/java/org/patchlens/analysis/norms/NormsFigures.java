package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Norms].
final class NormsFigures {
    private NormsFigures() {}

    /// Where outliers are comes first, if there are any; else the norms of one image.
    static List<Figure> of(Norms.Result result) {
        List<Figure> figures = new ArrayList<>();
        PlaceFigures places = new PlaceFigures(result);
        LayerNorms shown = shownLayer(result).orElse(result.layers().getLast());
        shownLayer(result).ifPresent(layer -> figures.add(places.outliers(layer)));
        figures.add(overlay(result));
        figures.add(LayerCurves.figure(result));
        figures.add(places.map(shown));
        figures.add(places.radial());
        figures.add(histogram(result));
        if (!result.group().isEmpty()) {
            GroupFigures groups = new GroupFigures(result, shown);
            figures.add(groups.bars());
            figures.add(groups.table());
        }
        figures.add(table(result));
        return figures;
    }

    private static Optional<LayerNorms> shownLayer(Norms.Result result) {
        return result.layers().stream()
                .filter(layer -> result.outliersBegin().equals(Optional.of(layer.layer())))
                .findFirst();
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
        ColorScale scale = scale(result, shown.layer());
        return new Figure.Overlay(
                "Norms over an image",
                "The norm of the patches of " + shown.id() + " at layer " + shown.layer() + " of " + result.model()
                        + ", from " + Numbers.significant(smallest(seen)) + " to "
                        + Numbers.significant(largest(seen)) + ". The colours span the median of the layer over "
                        + images(result) + " and four deviations around it, from " + Numbers.significant(scale.low())
                        + " to " + Numbers.significant(scale.high()) + "." + outliers(shown),
                shown.index(),
                seen,
                scale,
                Figure.Interpolation.NEAREST,
                shown.outliers().stream()
                        .map(patch -> new Figure.Mark(grid.row(patch), grid.column(patch), Figure.MarkKind.OUTLIER))
                        .toList());
    }

    private static String outliers(Norms.ShownImage shown) {
        int count = shown.outliers().size();
        if (count == 0) {
            return "";
        }
        return (count == 1 ? " 1 outlier token is" : " " + count + " outlier tokens are") + " crossed out"
                + (shown.outliersMasked() ? " and left uncovered" : "") + ", the largest norm among them is "
                + Numbers.significant(largest(shown.norms())) + ".";
    }

    /// The same for every image of the study.
    private static ColorScale scale(Norms.Result result, Layer shown) {
        Distribution patches = result.layers().stream()
                .filter(layer -> layer.layer().equals(shown))
                .map(LayerNorms::patches)
                .findFirst()
                .orElseThrow();
        float around = 4 * patches.deviation();
        float low = Math.max(0, patches.median() - around);
        return new ColorScale(
                ColorMap.VIRIDIS,
                low,
                Math.max(patches.median() + around, Math.nextUp(low + Float.MIN_NORMAL)),
                "norm");
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

    static String images(Norms.Result result) {
        return result.imagesMeasured() == result.images()
                ? result.images() + (result.images() == 1 ? " image" : " images")
                : result.imagesMeasured() + " of " + result.images() + " images";
    }
}
