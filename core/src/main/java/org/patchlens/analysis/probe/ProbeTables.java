package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.analysis.Figure;
import org.patchlens.learning.Targets;
import org.patchlens.stats.Evidence;
import org.patchlens.stats.Interval;
import org.patchlens.stats.Verdict;

/// The tables of [Probe], and what may be said of them in words.
final class ProbeTables {
    private ProbeTables() {}

    static Figure layers(Probe.Result result) {
        String metric = result.layers().getFirst().first().metric().label();
        List<List<String>> rows = new ArrayList<>();
        boolean tested = result.evidence().compareTo(Evidence.ESTIMATE) >= 0;
        for (LayerProbe layer : result.layers()) {
            rows.add(List.of(
                    layer.layer().toString(),
                    number(layer.first().value()),
                    interval(layer.first().interval()),
                    number(layer.selectivity()),
                    signed(layer.overBaseline().value()) + " "
                            + interval(layer.overBaseline().interval()),
                    tested ? number(layer.pValue()) : "",
                    tested ? number(layer.qValue()) : "",
                    words(layer.verdict())));
        }
        return new Figure.Table(
                "Probe of " + result.target(),
                caption(result),
                List.of("layer", metric, "95 %", "selectivity", "over baseline, 95 %", "p", "q", "verdict"),
                rows);
    }

    /// All measures of all layers.
    static Figure measures(Probe.Result result) {
        List<String> columns = new ArrayList<>(List.of("layer"));
        result.layers()
                .getFirst()
                .scores()
                .forEach(score -> columns.add(score.metric().label()));
        List<List<String>> rows = new ArrayList<>();
        for (LayerProbe layer : result.layers()) {
            List<String> row = new ArrayList<>(List.of(layer.layer().toString()));
            layer.scores().forEach(score -> row.add(number(score.value())));
            rows.add(row);
        }
        return new Figure.Table(
                "Measures of the probe",
                "Of images whose patients were held out; the 95 % intervals of all measures stand in the JSON.",
                columns,
                rows);
    }

    private static String caption(Probe.Result result) {
        LayerProbe shown = result.shownLayer();
        Score first = shown.first();
        StringBuilder text = new StringBuilder();
        text.append("Unit of inference: ").append(result.unitOfInference()).append("; ");
        text.append(result.sampleCount()).append(" images of ").append(units(result));
        text.append(" (evidence: ")
                .append(result.evidence().name().toLowerCase(Locale.ROOT))
                .append("). ");
        text.append("From the embeddings of layer ")
                .append(result.shown())
                .append(", ")
                .append(result.target());
        text.append(" is predicted with ")
                .append(first.metric().label())
                .append(' ')
                .append(number(first.value()));
        text.append(" (95 % ").append(interval(first.interval())).append(", ");
        text.append(first.interval().method().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        text.append("; evaluation uncertainty only); ");
        text.append(shown.overBaseline().baseline()).append(" alone: ");
        text.append(number(first.value() - shown.overBaseline().value())).append(". ");
        if (!Double.isNaN(result.minimumDetectable())) {
            text.append("So many patients show an AUROC from ")
                    .append(number(0.5 + result.minimumDetectable()))
                    .append(" with a power of 80 %. ");
        }
        text.append("p: labels permuted by patient, ridge refitted; q: Benjamini-Hochberg over the layers; verdict: ")
                .append("against chance, ")
                .append(number(result.margin()))
                .append(" matters. ");
        text.append(chosen(result));
        text.append("This shows that the embedding contains information related to ")
                .append(result.target());
        text.append(" where the verdict says so; it does not show that a model uses it.");
        result.warnings().forEach(warning -> text.append(' ').append(warning));
        return text.toString();
    }

    /// How many patients there are, or that nobody knows.
    static String units(Probe.Result result) {
        return result.patients()
                + (result.unitOfInference().startsWith("image") ? " unknown patients, one per image" : " patients");
    }

    private static String chosen(Probe.Result result) {
        return result.layers().size() > 1
                ? "The best of several layers is better by chance alone: judge the one that you meant before. "
                : "";
    }

    static Figure classes(Probe.Result result) {
        List<List<String>> rows = result.classes().stream()
                .map(type -> List.of(
                        type.name(),
                        Integer.toString(type.images()),
                        Integer.toString(type.patients()),
                        number(type.auroc()),
                        number(type.averagePrecision()),
                        number(type.recall())))
                .toList();
        return new Figure.Table(
                "Classes",
                "Each class against the others at layer " + result.shown() + "; recall is of the mean prediction.",
                List.of("class", "images", "patients", "AUROC", "average precision", "recall"),
                rows);
    }

    static Figure baselines(Probe.Result result) {
        List<String> columns = new ArrayList<>(List.of("baseline", "layer"));
        result.layers()
                .getFirst()
                .scores()
                .forEach(score -> columns.add(score.metric().label()));
        columns.add(3, "95 %");
        columns.add("p");
        List<List<String>> rows = new ArrayList<>();
        for (Probe.Baseline baseline : result.baselines()) {
            List<String> row = new ArrayList<>(List.of(
                    baseline.name(), baseline.layer().map(Object::toString).orElse("")));
            baseline.scores().forEach(score -> row.add(number(score.value())));
            row.add(3, interval(baseline.scores().getFirst().interval()));
            row.add(number(baseline.pValue()));
            rows.add(row);
        }
        String task = result.task() == Targets.Task.CLASSIFICATION ? "classes" : "numbers";
        return new Figure.Table(
                "Baselines",
                "The same probe and folds without the model: a histogram of 64 grey values, a thumbnail of 8 x 8 pixels"
                        + " and the size of the image predict the same " + task + ".",
                columns,
                rows);
    }

    private static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String interval(Interval interval) {
        return Double.isNaN(interval.low()) ? "" : "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
    }

    private static String signed(double value) {
        return (value >= 0 ? "+" : "") + number(value);
    }

    /// Three decimals; more digits where the number is small.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return Math.abs(value) >= 0.001 || value == 0
                ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }
}
