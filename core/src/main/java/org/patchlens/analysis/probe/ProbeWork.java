package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.probe.ProbeMeasurement.Measured;
import org.patchlens.analysis.probe.Score.Metric;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.Provenance;
import org.patchlens.learning.CrossValidation;
import org.patchlens.learning.CrossValidation.HeldOut;
import org.patchlens.learning.Learner;
import org.patchlens.learning.Predictor;
import org.patchlens.learning.Targets;
import org.patchlens.stats.AurocPrecision;
import org.patchlens.stats.Classification;
import org.patchlens.stats.Groups;
import org.patchlens.stats.LabelPermutation;
import org.patchlens.stats.MultipleTesting;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// One probe on its way.
final class ProbeWork {
    /// Below this share a permutation test says little of the patients.
    private static final double FEWEST_EXCHANGEABLE = 0.5;

    private final Study study;
    private final ProbeOptions options;
    private final Progress progress;
    private final List<Layer> layers;
    private final Layer shown;
    private final ProbeSamples samples;
    private final ProbeRows source;
    private final CrossValidation validation;
    private final CrossValidation control;
    private final Learner learner;
    private final Seed seed;
    private final Metric first;
    private final long total;
    private long done;

    ProbeWork(Study study, ProbeOptions options, Progress progress) {
        this.study = study;
        this.options = options;
        this.progress = progress;
        checkPool();
        layers = layers();
        shown = options.show().orElse(layers.getLast());
        if (!layers.contains(shown)) {
            throw PatchlensException.usage("--show " + shown, "the layers that are probed are " + layers, "");
        }
        samples =
                ProbeSamples.of(study, options, image -> ProbeRows.candidates(study, options.rows(), image).length > 0);
        source = ProbeRows.of(
                study, options.rows(), samples.images(), options.execution().seed());
        seed = new Seed(options.execution().seed());
        Targets targets = samples.targets();
        Groups groups = samples.groups();
        validation = CrossValidation.of(
                targets,
                groups,
                options.validation().folds(),
                options.validation().repeats(),
                seed.task(1));
        control = validation.permuted(
                LabelPermutation.of(groups, codes(targets)).draw(seed.task(2).generator()));
        learner = options.learner();
        first = HeldOutScores.metrics(targets.task()).getFirst();
        int others = 1 + (options.validation().baselineStudy().isPresent() ? layers.size() : 0);
        total = (2L * layers.size() + others) * validation.fits() + 1;
    }

    private void checkPool() {
        boolean cls =
                options.rows().pool() == ProbeOptions.Pool.CLS && options.rows().unit() == ProbeOptions.Unit.IMAGE;
        if (cls && study.manifest().layout().cls().isEmpty()) {
            throw PatchlensException.usage("--pool cls", "the model of this study has no CLS token", "Use --pool mean");
        }
        if (options.task().regress()
                && options.model().kind() != ProbeOptions.Kind.LOGISTIC
                && options.model().kind() != ProbeOptions.Kind.RIDGE) {
            throw PatchlensException.usage("--regress", "is done by ridge regression", "Leave out --kind");
        }
    }

    private List<Layer> layers() {
        List<Layer> stored = study.manifest().layers();
        for (Layer layer : options.layers()) {
            if (!stored.contains(layer)) {
                throw PatchlensException.usage(
                        "layer " + layer, "is not in the study, which holds " + stored, "Extract it first");
            }
        }
        return options.layers().isEmpty() ? stored : options.layers();
    }

    private static int[] codes(Targets targets) {
        return switch (targets.task()) {
            case CLASSIFICATION -> targets.strataArray();
            case REGRESSION ->
                IntStream.range(0, targets.size())
                        .map(row -> Float.floatToIntBits(targets.values().get(row, 0)))
                        .toArray();
        };
    }

    Probe.Result result() {
        progress.report("probe", 0, total);
        try (TaskPool pool = new TaskPool(options.execution().workers())) {
            ProbeMeasurement measurement = new ProbeMeasurement(
                    samples, validation.splits(), options.validation().permutations(), seed, pool);
            List<Measured> baselines = baselines(measurement, pool);
            List<LayerProbe> probes = new ArrayList<>();
            Details details = null;
            for (Layer layer : layers) {
                ProbeRows.Layered rows = source.at(layer, pool);
                List<HeldOut> heldOut = run(validation, rows);
                Measured measured = measurement.measured("probe", Optional.of(layer), rows, heldOut);
                double permuted = new HeldOutScores(run(control, rows), control.targets())
                        .value(first, HeldOutScores.ones(samples.images().length));
                probes.add(measurement.layerProbe(measured, permuted, heldOut, baselines));
                if (layer.equals(shown)) {
                    details = details(rows, heldOut, measured.scorer());
                }
            }
            probes = measurement.family(probes, options.validation().margin());
            progress.report("probe", total, total);
            return result(probes, baselines, Objects.requireNonNull(details), measurement);
        }
    }

    private List<HeldOut> run(CrossValidation which, ProbeRows.Layered rows) {
        long before = done;
        List<HeldOut> heldOut = which.run(
                rows.rows(),
                rows.sampleOf(),
                learner,
                options.execution().workers(),
                models -> progress.report("probe", before + models, total));
        done = before + which.fits();
        return heldOut;
    }

    private List<Measured> baselines(ProbeMeasurement measurement, TaskPool pool) {
        List<Measured> baselines = new ArrayList<>();
        int[] each = IntStream.range(0, samples.images().length).toArray();
        ProbeRows.Layered pixels = new ProbeRows.Layered(PixelFeatures.of(study, samples.images(), pool), each);
        baselines.add(measurement.measured("pixels", Optional.empty(), pixels, run(validation, pixels)));
        if (options.validation().baselineStudy().isPresent()) {
            try (Study random = BaselineStudy.open(
                    study, options.validation().baselineStudy().get())) {
                ProbeRows rows = new ProbeRows(random, options.rows(), samples.images(), source.patches());
                for (Layer layer : layers) {
                    BaselineStudy.requireLayer(random, layer);
                    ProbeRows.Layered layered = rows.at(layer, pool);
                    baselines.add(measurement.measured(
                            "random encoder", Optional.of(layer), layered, run(validation, layered)));
                }
            }
        }
        return baselines;
    }

    /// What is kept of the layer that is shown.
    private record Details(
            FloatMatrix predictions,
            FloatMatrix patchPredictions,
            List<Integer> folds,
            ProbeWeights weights,
            HeldOutScores scorer) {}

    private Details details(ProbeRows.Layered rows, List<HeldOut> heldOut, HeldOutScores scorer) {
        int count = samples.images().length;
        int outputs = heldOut.getFirst().predictions().columns();
        FloatMatrix mean = FloatMatrix.zeros(count, outputs);
        List<Integer> folds = new ArrayList<>(Collections.nCopies(count, 0));
        for (HeldOut fold : heldOut) {
            for (int i = 0; i < fold.samples().size(); i++) {
                int sample = fold.samples().get(i);
                if (fold.repeat() == 0) {
                    folds.set(sample, fold.fold());
                }
                for (int k = 0; k < outputs; k++) {
                    float part =
                            fold.predictions().get(i, k) / options.validation().repeats();
                    mean.set(sample, k, mean.get(sample, k) + part);
                }
            }
        }
        Learner.Fitted all = validation.all(rows.rows(), rows.sampleOf(), learner);
        ProbeWeights weights = ProbeWeights.of(options, shown, samples.classes(), all);
        return new Details(mean, patchPredictions(heldOut, outputs), folds, weights, scorer);
    }

    /// The first repeat's models over all patches of the images that each has not seen.
    private FloatMatrix patchPredictions(List<HeldOut> heldOut, int outputs) {
        int patches = study.manifest().grid().patches();
        long numbers = (long) samples.images().length * patches * outputs;
        if (options.rows().unit() != ProbeOptions.Unit.PATCH || numbers > Integer.MAX_VALUE / 8) {
            return FloatMatrix.zeros(0, outputs);
        }
        FloatMatrix all = FloatMatrix.zeros(samples.images().length * patches, outputs);
        for (HeldOut fold : heldOut) {
            if (fold.repeat() == 0) {
                Predictor predictor = fold.fitted().predictor();
                for (int sample : fold.samples()) {
                    FloatMatrix tokens =
                            study.embeddings(samples.images()[sample], shown).patches();
                    all.rows(sample * patches, (sample + 1) * patches).copyFrom(predictor.predict(tokens));
                }
            }
        }
        return all;
    }

    private Probe.Result result(
            List<LayerProbe> probes, List<Measured> baselines, Details details, ProbeMeasurement measurement) {
        boolean classes = samples.targets().task() == Targets.Task.CLASSIFICATION;
        Optional<Probe.Curves> curves =
                classes ? Optional.of(ProbeCurves.of(details.predictions, samples.targets())) : Optional.empty();
        List<String> warnings = new ArrayList<>(samples.warnings());
        if (options.validation().permutations() > 0
                && options.validation().permutations() < MultipleTesting.fewestPermutations(layers.size())) {
            warnings.add(options.validation().permutations() + " permutations cannot tell " + layers.size()
                    + " layers from chance at 5 %; give at least "
                    + MultipleTesting.fewestPermutations(layers.size()) + ".");
        }
        double exchangeable =
                LabelPermutation.of(samples.groups(), codes(samples.targets())).exchangeableShare();
        if (exchangeable < FEWEST_EXCHANGEABLE) {
            warnings.add("Only " + Math.round(100 * exchangeable) + " % of the patients have another one with equally"
                    + " many images to exchange labels with: p is mostly about the others.");
        }
        boolean binary = samples.classes().size() == 2;
        return new Probe.Result(
                study.manifest().model().name(),
                options.task().target(),
                samples.targets().task(),
                options.task().regress()
                        ? ProbeOptions.Kind.RIDGE
                        : options.model().kind(),
                samples.unitOfInference(),
                samples.images().length,
                samples.groups().count(),
                measurement.evidence(),
                binary
                        ? AurocPrecision.minimumDetectable(measurement.patients(1), measurement.patients(0))
                        : Double.NaN,
                options.validation().margin(),
                classScores(details, curves, measurement),
                probes,
                baselines.stream()
                        .map(each -> new Probe.Baseline(each.name(), each.layer(), each.scores(), each.pValue()))
                        .toList(),
                shown,
                curves,
                study.manifest().grid(),
                IntStream.of(samples.images()).boxed().toList(),
                classes ? IntStream.of(samples.targets().strataArray()).boxed().toList() : List.of(),
                details.folds,
                truth(),
                details.predictions,
                details.patchPredictions,
                details.weights,
                warnings,
                Provenance.ofThisProgram(
                        study.manifest().model().sha256(),
                        study.manifest().provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        options.execution().seed()));
    }

    private FloatMatrix truth() {
        Targets targets = samples.targets();
        return targets.task() == Targets.Task.REGRESSION
                ? targets.values()
                : targets.strata().reshape(targets.size(), 1);
    }

    private List<Probe.ClassScore> classScores(
            Details details, Optional<Probe.Curves> curves, ProbeMeasurement measurement) {
        return IntStream.range(0, samples.classes().size())
                .mapToObj(type -> new Probe.ClassScore(
                        samples.classes().get(type),
                        (int) IntStream.range(0, samples.targets().size())
                                .filter(row -> samples.targets().stratum(row) == type)
                                .count(),
                        measurement.patients(type),
                        details.scorer.ofClass(type, Metric.AUROC),
                        details.scorer.ofClass(type, Metric.AVERAGE_PRECISION),
                        Classification.recall(curves.orElseThrow().confusion(), type)))
                .toList();
    }
}
