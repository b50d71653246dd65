package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.learning.Targets;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Probe].
final class ProbeFigures {
    private ProbeFigures() {}

    static List<Figure> of(Probe.Result result) {
        List<Figure> figures = new ArrayList<>();
        figures.add(layerCurve(result));
        result.curves().ifPresent(curves -> {
            figures.add(operating(result, curves));
            figures.add(calibration(result, curves));
            figures.add(confusion(result, curves));
        });
        if (result.task() == Targets.Task.REGRESSION) {
            figures.add(numbers(result));
        }
        if (result.patchPredictions().rows() > 0) {
            figures.add(overlay(result));
        }
        figures.add(ProbeTables.layers(result));
        figures.add(ProbeTables.measures(result));
        if (result.task() == Targets.Task.CLASSIFICATION) {
            figures.add(ProbeTables.classes(result));
        }
        figures.add(ProbeTables.baselines(result));
        return figures;
    }

    /// The curve over the layers with its band, the permuted labels, and the baselines.
    private static Figure layerCurve(Probe.Result result) {
        List<LayerProbe> layers = result.layers();
        int count = layers.size();
        List<String> names = new ArrayList<>(List.of(result.target(), "permuted labels", "pixels alone"));
        boolean random =
                result.baselines().stream().anyMatch(each -> each.layer().isPresent());
        if (random) {
            names.add("random encoder");
        }
        FloatMatrix values = filled(names.size(), count);
        FloatMatrix low = filled(names.size(), count);
        FloatMatrix high = filled(names.size(), count);
        FloatMatrix x = FloatMatrix.zeros(1, count);
        for (int i = 0; i < count; i++) {
            LayerProbe layer = layers.get(i);
            x.set(
                    0,
                    i,
                    layer.layer().isLast()
                            ? (i == 0 ? 0 : x.get(0, i - 1) + 1)
                            : layer.layer().index());
            Score score = layer.first();
            values.set(0, i, (float) score.value());
            low.set(0, i, (float) Math.min(score.value(), score.interval().low()));
            high.set(0, i, (float) Math.max(score.value(), score.interval().high()));
            values.set(1, i, (float) layer.control());
            values.set(2, i, (float) baseline(result, Optional.empty()).value());
            if (random) {
                values.set(3, i, (float) baseline(result, Optional.of(layer)).value());
            }
        }
        String metric = layers.getFirst().first().metric().label();
        return new Figure.Lines(
                capitalized(result.target()) + " over the layers",
                "The " + metric + " for images of " + ProbeTables.units(result) + " while they were held out, at the"
                        + " layers of " + result.model()
                        + ", with its 95 % interval; beside it the same probe on labels"
                        + " permuted by patient, and on what needs no trained model."
                        + (layers.getLast().layer().isLast()
                                ? " The point furthest right is after the final norm."
                                : ""),
                "layer",
                metric,
                x,
                values,
                names,
                false,
                Optional.of(new Figure.Interval(low, high)));
    }

    private static Score baseline(Probe.Result result, Optional<LayerProbe> layer) {
        return result.baselines().stream()
                .filter(each -> each.layer().equals(layer.map(LayerProbe::layer)))
                .findFirst()
                .orElseThrow()
                .scores()
                .getFirst();
    }

    private static FloatMatrix filled(int rows, int columns) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        matrix.fill(Float.NaN);
        return matrix;
    }

    private static List<String> curveNames(Probe.Result result) {
        List<String> names =
                result.classes().stream().map(Probe.ClassScore::name).toList();
        return names.size() == 2 ? List.of(names.get(1)) : names;
    }

    private static String atLayer(Probe.Result result) {
        return "at layer " + result.shown() + " of " + result.model();
    }

    private static Figure operating(Probe.Result result, Probe.Curves curves) {
        FloatMatrix points = curves.receiverOperating();
        FloatMatrix x = FloatMatrix.zeros(1, points.columns());
        FloatMatrix values = FloatMatrix.zeros(points.rows() + 1, points.columns());
        values.rows(0, points.rows()).copyFrom(points);
        for (int i = 0; i < points.columns(); i++) {
            x.set(0, i, i / (points.columns() - 1f));
            values.set(points.rows(), i, x.get(0, i));
        }
        return new Figure.Lines(
                "Receiver operating characteristic",
                "Held-out images " + atLayer(result) + ", each with the mean of its predictions over the repeats; the"
                        + " folds' models are pooled here, unlike in the AUROC of the table.",
                "false-positive rate",
                "true-positive rate",
                x,
                values,
                with(curveNames(result), "chance"),
                false);
    }

    private static List<String> with(List<String> names, String last) {
        List<String> more = new ArrayList<>(names);
        more.add(last);
        return more;
    }

    private static Figure calibration(Probe.Result result, Probe.Curves curves) {
        FloatMatrix points = curves.calibration();
        FloatMatrix x = FloatMatrix.zeros(1, points.columns());
        FloatMatrix values = FloatMatrix.zeros(points.rows() + 1, points.columns());
        values.rows(0, points.rows()).copyFrom(points);
        for (int i = 0; i < points.columns(); i++) {
            x.set(0, i, (i + 0.5f) / points.columns());
            values.set(points.rows(), i, x.get(0, i));
        }
        return new Figure.Lines(
                "Calibration",
                "The share of held-out images that are of the class, in ten bins of its predicted probability, "
                        + atLayer(result) + "; bins without images are left open. Bins of few images scatter.",
                "predicted probability",
                "share of the class",
                x,
                values,
                with(curveNames(result), "perfect"),
                false);
    }

    private static Figure confusion(Probe.Result result, Probe.Curves curves) {
        FloatMatrix counts = curves.confusion();
        FloatMatrix shares = FloatMatrix.zeros(counts.rows(), counts.columns());
        for (int row = 0; row < counts.rows(); row++) {
            float sum = 0;
            for (float count : counts.rowToArray(row)) {
                sum += count;
            }
            for (int column = 0; column < counts.columns(); column++) {
                shares.set(row, column, counts.get(row, column) / sum);
            }
        }
        List<String> names =
                result.classes().stream().map(Probe.ClassScore::name).toList();
        return new Figure.Heatmap(
                "Confusion",
                "The share of the held-out images of each true class that was predicted as each class, "
                        + atLayer(result) + ".",
                shares,
                "predicted",
                "true",
                names,
                names,
                new ColorScale(ColorMap.VIRIDIS, 0, 1, "share of the true class"));
    }

    private static Figure numbers(Probe.Result result) {
        int count = result.predictions().rows();
        FloatMatrix points = FloatMatrix.zeros(count, 2);
        FloatMatrix errors = FloatMatrix.zeros(1, count);
        float largest = Float.MIN_NORMAL;
        for (int i = 0; i < count; i++) {
            points.set(i, 0, result.targets().get(i, 0));
            points.set(i, 1, result.predictions().get(i, 0));
            errors.set(0, i, points.get(i, 1) - points.get(i, 0));
            largest = Math.max(largest, Math.abs(errors.get(0, i)));
        }
        return new Figure.Scatter(
                "Predicted and true " + result.target(),
                "A point per held-out image, " + atLayer(result) + ", coloured by its error.",
                points,
                List.of("true", "predicted"),
                new Figure.ByNumber(
                        "predicted less true", errors, new ColorScale(ColorMap.DIVERGING, -largest, largest, "")));
    }

    /// The image whose patches differ most in what they say.
    private static Figure overlay(Probe.Result result) {
        PatchGrid grid = result.grid();
        int shownClass = result.predictions().columns() - 1;
        int best = IntStream.range(0, result.images().size())
                .boxed()
                .max(Comparator.comparingDouble(sample -> spread(result, sample, shownClass)))
                .orElseThrow();
        FloatMatrix values = FloatMatrix.zeros(grid.rows(), grid.columns());
        for (int patch = 0; patch < grid.patches(); patch++) {
            float value = result.patchPredictions().get(best * grid.patches() + patch, shownClass);
            values.set(grid.row(patch), grid.column(patch), value);
        }
        String name = result.classes().isEmpty()
                ? result.target()
                : result.classes().get(shownClass).name();
        return new Figure.Overlay(
                "Where the patches say " + name,
                "The probability of " + name + " of every patch, " + atLayer(result) + ", in the held-out image whose"
                        + " patches differ most. Patches have read the whole image, so that a place is where"
                        + " something is told, not where it is.",
                result.images().get(best),
                values,
                new ColorScale(ColorMap.VIRIDIS, 0, 1, "probability"));
    }

    private static double spread(Probe.Result result, int sample, int type) {
        int patches = result.grid().patches();
        double sum = 0;
        double squares = 0;
        for (int patch = 0; patch < patches; patch++) {
            double value = result.patchPredictions().get(sample * patches + patch, type);
            sum += value;
            squares += value * value;
        }
        return squares / patches - sum / patches * (sum / patches);
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
