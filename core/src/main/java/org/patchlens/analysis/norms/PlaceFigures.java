package org.patchlens.analysis.norms;

import java.util.Arrays;
import java.util.List;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Norms] that show how norms depend on the place in the image.
///
/// @param result that they show
record PlaceFigures(Norms.Result result) {
    /// Factors of 1.19 and 2: weaker differences shall look weak, stronger ones need no shades.
    private static final double NARROWEST = 0.25;

    private static final double WIDEST = 1;
    private static final double USUAL = 0.95;

    Figure outliers(LayerNorms layer) {
        return new Figure.Heatmap(
                "Where outliers lie",
                "The share of " + NormsFigures.images(result) + " in which the patch is an outlier at layer "
                        + layer.layer()
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

    /// The ordinary norm of every place.
    Figure map(LayerNorms layer) {
        FloatMatrix ratios = layer.positions().map();
        FloatMatrix logarithms = FloatMatrix.zeros(ratios.rows(), ratios.columns());
        float low = Float.POSITIVE_INFINITY;
        float high = 0;
        for (int row = 0; row < ratios.rows(); row++) {
            for (int column = 0; column < ratios.columns(); column++) {
                float ratio = ratios.get(row, column);
                low = Math.min(low, ratio);
                high = Math.max(high, ratio);
                logarithms.set(row, column, ratio > 0 ? (float) (StrictMath.log(ratio) / StrictMath.log(2)) : -100);
            }
        }
        float limit = limit(logarithms);
        return new Figure.Heatmap(
                "Norms by place",
                "The median norm of " + NormsFigures.images(result) + " at each place of the grid over the median of"
                        + " layer " + layer.layer() + " of " + result.model() + ", from " + Numbers.significant(low)
                        + " to " + Numbers.significant(high)
                        + " times; 0 is ordinary, 1 twice and −1 half of it, and what is beyond the scale has its last"
                        + " colour.",
                logarithms,
                "column of the grid",
                "row of the grid",
                List.of(),
                List.of(),
                new ColorScale(ColorMap.DIVERGING, -limit, limit, "log2 of the norm over the median"));
    }

    /// Holds 19 places of 20.
    private static float limit(FloatMatrix logarithms) {
        float[] sizes = new float[logarithms.rows() * logarithms.columns()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(logarithms.get(i / logarithms.columns(), i % logarithms.columns()));
        }
        Arrays.sort(sizes);
        return (float) Math.clamp(sizes[(int) Math.ceil(USUAL * sizes.length) - 1], NARROWEST, WIDEST);
    }

    /// Whether the border differs from the middle: padding, collimation and artefacts show there.
    Figure radial() {
        List<LayerNorms> layers = result.layers();
        FloatMatrix values = FloatMatrix.zeros(
                layers.size(), layers.getFirst().positions().radius().columns());
        for (int i = 0; i < layers.size(); i++) {
            values.row(i).copyFrom(layers.get(i).positions().radial());
        }
        return new Figure.Lines(
                "Norms from the centre to the corners",
                "The median norm of " + NormsFigures.images(result)
                        + " at each place of the grid over the median of the layer, mean over rings around the centre,"
                        + " for every layer of " + result.model() + "; 1 is ordinary.",
                "distance from the centre of the image (1 in the corners)",
                "norm over the layer's median",
                layers.getFirst().positions().radius(),
                values,
                layers.stream().map(layer -> "layer " + layer.layer()).toList(),
                true);
    }
}
