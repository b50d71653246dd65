package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.tensor.FloatMatrix;

/// How norms grow over the layers: the median with the band from the 25th to the 75th percentile, the tail above
/// it, and the special tokens.
///
/// @param x `float[1][n]`
/// @param values `float[3 + kinds][n]`: median, 95th percentile and maximum of the patches, then the medians of
///     the kinds of special tokens
/// @param low `float[3 + kinds][n]`, of the band
/// @param high `float[3 + kinds][n]`, of the band
record LayerCurves(FloatMatrix x, FloatMatrix values, FloatMatrix low, FloatMatrix high) {
    static Figure figure(Norms.Result result) {
        List<String> names = new ArrayList<>(List.of("median", "95 %", "maximum"));
        List<LayerNorms> layers = result.layers();
        layers.getFirst().special().forEach(special -> names.add(name(special.token()) + ", median"));
        boolean afterFinalNorm = layers.getLast().layer().isLast();
        int points = layers.size() + (afterFinalNorm && layers.size() > 1 ? 1 : 0);
        LayerCurves curves = new LayerCurves(
                missing(1, points),
                missing(names.size(), points),
                missing(names.size(), points),
                missing(names.size(), points));
        curves.fill(layers);
        return new Figure.Lines(
                "Norms over the layers",
                "Over all patches of " + NormsFigures.images(result) + " at the layers of " + result.model()
                        + "; the band holds the middle half of the patches."
                        + (afterFinalNorm
                                ? " The points furthest right are after the final norm, which rescales every token:"
                                        + " they are no step of the curves."
                                : ""),
                "layer",
                "norm",
                curves.x,
                curves.values,
                names,
                true,
                Optional.of(new Figure.Interval(curves.low, curves.high)));
    }

    private static FloatMatrix missing(int rows, int columns) {
        FloatMatrix missing = FloatMatrix.zeros(rows, columns);
        missing.fill(Float.NaN);
        return missing;
    }

    /// Where the final norm comes after a block, a point without numbers interrupts the curves between them.
    private void fill(List<LayerNorms> layers) {
        int point = 0;
        for (LayerNorms layer : layers) {
            if (layer.layer().isLast() && point > 0) {
                x.set(0, point, x.get(0, point - 1) + 0.5f);
                point++;
            }
            x.set(0, point, place(layer, point));
            add(point, layer);
            point++;
        }
    }

    /// After the final norm stands one step right of the block before it.
    private float place(LayerNorms layer, int point) {
        if (!layer.layer().isLast()) {
            return layer.layer().index();
        }
        return point == 0 ? 0 : x.get(0, point - 1) + 0.5f;
    }

    private void add(int point, LayerNorms layer) {
        Distribution patches = layer.patches();
        values.set(0, point, patches.median());
        low.set(0, point, patches.lowerQuartile());
        high.set(0, point, patches.upperQuartile());
        values.set(1, point, patches.percentile95());
        values.set(2, point, patches.maximum());
        for (int kind = 0; kind < layer.special().size(); kind++) {
            values.set(3 + kind, point, layer.special().get(kind).norms().median());
        }
    }

    private static String name(SpecialToken kind) {
        return switch (kind) {
            case CLS -> "CLS";
            case DISTILLATION -> "distillation";
            case REGISTER -> "registers";
        };
    }
}
