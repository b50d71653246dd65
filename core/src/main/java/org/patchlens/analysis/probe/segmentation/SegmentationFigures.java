package org.patchlens.analysis.probe.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.stats.Interval;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Segmentation].
final class SegmentationFigures {
    private SegmentationFigures() {}

    static List<Figure> of(Segmentation.Result result) {
        return List.of(predicted(result), truth(result), dice(result), table(result), measures(result), worst(result));
    }

    private static Figure predicted(Segmentation.Result result) {
        Segmentation.ShownImage shown = result.shown();
        return new Figure.Overlay(
                "Predicted " + shown.name(),
                "The probability of " + shown.name() + " of every patch of " + shown.id()
                        + ", predicted while its patient was held out; Dice over pixels " + number(shown.pixelDice())
                        + ".",
                shown.index(),
                shown.probability(),
                new ColorScale(ColorMap.VIRIDIS, 0, 1, "probability"));
    }

    private static Figure truth(Segmentation.Result result) {
        Segmentation.ShownImage shown = result.shown();
        return new Figure.Overlay(
                "True " + shown.name(),
                "The share of every patch of " + shown.id() + " that the mask covers.",
                shown.index(),
                shown.coverage(),
                new ColorScale(ColorMap.VIRIDIS, 0, 1, "coverage"));
    }

    private static Figure dice(Segmentation.Result result) {
        List<String> rows = result.scores().stream()
                .map(SegmentationFigures::source)
                .distinct()
                .toList();
        FloatMatrix values = FloatMatrix.zeros(rows.size(), result.classes().size());
        FloatMatrix low = FloatMatrix.zeros(rows.size(), result.classes().size());
        FloatMatrix high = FloatMatrix.zeros(rows.size(), result.classes().size());
        for (Segmentation.ClassScore score : result.scores()) {
            int row = rows.indexOf(source(score));
            int column = result.classes().indexOf(score.name());
            values.set(row, column, (float) score.pixelDice().value());
            low.set(row, column, (float) score.pixelDice().interval().low());
            high.set(row, column, (float) score.pixelDice().interval().high());
        }
        return new Figure.Bars(
                "Dice of the classes",
                "Over the pixels of held-out images that show the class, the mean with its 95 % interval over patients;"
                        + " each pixel has the prediction of its patch of " + result.model() + ".",
                "class",
                "Dice",
                result.classes(),
                values,
                rows,
                Optional.of(new Figure.Interval(low, high)));
    }

    private static String source(Segmentation.ClassScore score) {
        return score.layer().map(layer -> "layer " + layer).orElse("pixels and place");
    }

    private static Figure table(Segmentation.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Segmentation.ClassScore score : result.scores()) {
            rows.add(List.of(
                    score.name(),
                    source(score),
                    Integer.toString(score.images()),
                    Integer.toString(score.patients()),
                    number(score.pixelDice().value()),
                    interval(score.pixelDice().interval()),
                    number(score.falseShare())));
        }
        StringBuilder caption = new StringBuilder("Unit of inference: ")
                .append(result.unitOfInference())
                .append("; ")
                .append(result.imageCount())
                .append(" images predicted");
        caption.append(
                result.trainingImages() > 0
                        ? " by a model of " + result.trainingImages() + " images. "
                        : " while their patients were held out. ");
        caption.append("Pixels: each has the probability of its patch, and the mask's exact area counts; patches: half")
                .append(" covered or not. False area: the share predicted in images without the class. An embedding")
                .append(" that tells a structure apart does not show that a model uses it.");
        result.warnings().forEach(warning -> caption.append(' ').append(warning));
        return new Figure.Table(
                "Segmentation probe",
                caption.toString(),
                List.of("class", "from", "images", "patients", "pixel Dice", "95 %", "false area"),
                rows);
    }

    private static Figure measures(Segmentation.Result result) {
        List<List<String>> rows = result.scores().stream()
                .map(score -> List.of(
                        score.name(),
                        source(score),
                        number(score.pixelDice().value()),
                        number(score.pixelIou().value()),
                        number(score.pixelAuroc()),
                        number(score.patchDice().value()),
                        number(score.patchIou().value()),
                        number(score.patchAuroc())))
                .toList();
        return new Figure.Table(
                "Measures of the segmentation",
                "Of held-out images that show the class; the 95 % intervals of Dice and IoU stand in the JSON.",
                List.of(
                        "class",
                        "from",
                        "pixel Dice",
                        "pixel IoU",
                        "pixel AUROC",
                        "patch Dice",
                        "patch IoU",
                        "patch AUROC"),
                rows);
    }

    private static Figure worst(Segmentation.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Segmentation.ClassScore score : result.scores()) {
            if (score.layer().isPresent()
                    && score.layer().equals(result.scores().getLast().layer())) {
                score.worst()
                        .forEach(image ->
                                rows.add(List.of(score.name(), source(score), image.id(), number(image.pixelDice()))));
            }
        }
        return new Figure.Table(
                "Worst images",
                "The held-out images with the smallest Dice over pixels.",
                List.of("class", "from", "image", "Dice"),
                rows);
    }

    private static String interval(Interval interval) {
        return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }
}
