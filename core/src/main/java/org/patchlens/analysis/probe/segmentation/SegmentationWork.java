package org.patchlens.analysis.probe.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.learning.Learner;
import org.patchlens.learning.Targets;
import org.patchlens.learning.TrainingSet;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.stats.Groups;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import org.patchlens.tensor.OrderedTasks;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// One segmentation probe on its way.
final class SegmentationWork {
    private final Study study;
    private final SegmentationOptions options;
    private final Progress progress;
    private final SegmentationSamples samples;
    private final List<Layer> layers;
    private final Seed seed;
    private final int patches;
    private long done;
    private long total;

    SegmentationWork(Study study, SegmentationOptions options, Progress progress) {
        this.study = study;
        this.options = options;
        this.progress = progress;
        this.samples = SegmentationSamples.of(study, options);
        this.seed = new Seed(options.execution().seed());
        this.patches = study.manifest().grid().patches();
        List<Layer> stored = study.manifest().layers();
        for (Layer layer : options.layers()) {
            if (!stored.contains(layer)) {
                throw PatchlensException.usage(
                        "layer " + layer, "is not in the study, which holds " + stored, "Extract it first");
            }
        }
        layers = options.layers().isEmpty() ? List.of(stored.getLast()) : options.layers();
    }

    /// What is trained on and what is predicted then, places among the samples.
    @SuppressWarnings("ArrayRecordComponent") // indices and numbers that are never compared
    private record Fold(int[] training, int[] heldOut) {}

    /// The features of all patches of an image.
    private interface Features extends IntFunction<FloatMatrix> {}

    Segmentation.Result result() {
        int[] few = samples.training(study, options.trainImages());
        int foldCount = few.length > 0 ? 1 : options.folds();
        total = (layers.size() + 1L) * samples.classes().size() * foldCount + 1;
        progress.report("segmentation", 0, total);
        int count = samples.classes().size();
        FloatMatrix predictions = FloatMatrix.zeros(samples.images().length * patches, count);
        List<Segmentation.ClassScore> scores = new ArrayList<>();
        Optional<Segmentation.ShownImage> shown = Optional.empty();
        try (TaskPool pool = new TaskPool(options.execution().workers())) {
            for (int place = 0; place < count; place++) {
                int type = samples.classes().get(place);
                List<Fold> folds = folds(type, few);
                scores.add(score(type, folds, this::pixels, Optional.empty(), pool).score);
                for (Layer layer : layers) {
                    Measured measured =
                            score(type, folds, sample -> embeddings(sample, layer), Optional.of(layer), pool);
                    scores.add(measured.score);
                    if (layer.equals(layers.getLast())) {
                        copyColumn(measured.scoring.predicted(), predictions, place);
                        shown = shown.or(() -> Optional.of(shown(measured.scoring)));
                    }
                }
            }
        }
        progress.report("segmentation", total, total);
        return result(scores, shown.orElseThrow(), predictions, few.length);
    }

    private static void copyColumn(FloatMatrix column, FloatMatrix matrix, int place) {
        for (int row = 0; row < matrix.rows(); row++) {
            matrix.set(row, place, column.get(row, 0));
        }
    }

    private List<Fold> folds(int type, int[] few) {
        Groups groups = samples.groups();
        if (few.length > 0) {
            List<Integer> seen = Arrays.stream(few).map(groups::of).boxed().toList();
            int[] others = IntStream.range(0, groups.size())
                    .filter(sample -> !seen.contains(groups.of(sample)))
                    .toArray();
            if (others.length == 0) {
                throw PatchlensException.usage("--train-images", "leaves no image of another patient to predict", "");
            }
            return List.of(new Fold(few, others));
        }
        int[] strata = IntStream.range(0, groups.size())
                .map(sample -> samples.shows(sample, type) ? 1 : 0)
                .toArray();
        GroupedFolds split = GroupedFolds.of(groups, strata, options.folds(), seed.task(1));
        return IntStream.range(0, options.folds())
                .mapToObj(fold -> new Fold(split.training(fold), split.heldOut(fold)))
                .toList();
    }

    private FloatMatrix embeddings(int sample, Layer layer) {
        int image = samples.images()[sample];
        FloatMatrix rows = study.embeddings(image, layer).patches();
        if (!HalfPrecision.isFinite(rows)) {
            throw PatchlensException.badData(
                    study.images().get(image).id(),
                    "layer " + layer + " holds numbers that are not finite",
                    "Extract the image again, with --dtype f32 if its numbers are too large for 16 bits");
        }
        return rows;
    }

    private FloatMatrix pixels(int sample) {
        return PatchPixels.of(study, samples.images()[sample]);
    }

    private record Measured(Segmentation.ClassScore score, SegmentationScoring scoring) {}

    private record Predicted(Fold fold, List<FloatMatrix> images, double choice) {}

    private Measured score(int type, List<Fold> folds, Features features, Optional<Layer> layer, TaskPool pool) {
        FloatMatrix predicted = FloatMatrix.zeros(samples.images().length * patches, 1);
        predicted.fill(Float.NaN);
        List<Double> choices = new ArrayList<>();
        long before = done;
        OrderedTasks.run(
                options.execution().workers(),
                folds.size(),
                task -> predict(type, folds.get(task), features, seed.task(10 + task)),
                (task, result) -> {
                    for (int i = 0; i < result.images.size(); i++) {
                        int sample = result.fold.heldOut[i];
                        predicted.rows(sample * patches, (sample + 1) * patches).copyFrom(result.images.get(i));
                    }
                    if (!Double.isNaN(result.choice)) {
                        choices.add(result.choice);
                    }
                    progress.report("segmentation", before + task + 1, total);
                });
        done = before + folds.size();
        List<int[]> heldOut = folds.stream().map(Fold::heldOut).toList();
        SegmentationScoring scoring = new SegmentationScoring(study, samples, type, heldOut, predicted);
        return new Measured(scoring.score(layer, choices, seed.task(3), pool), scoring);
    }

    private Predicted predict(int type, Fold fold, Features features, Seed ofFold) {
        int[][] drawn = new int[fold.training.length][];
        int rows = 0;
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = drawn(samples.images()[fold.training[i]]);
            rows += drawn[i].length;
        }
        FloatMatrix known = null;
        float[] shares = new float[rows];
        int[] groups = new int[rows];
        int at = 0;
        for (int i = 0; i < drawn.length; i++) {
            int sample = fold.training[i];
            FloatMatrix own = TrainingSet.pick(features.apply(sample), drawn[i]);
            known = known == null ? FloatMatrix.zeros(rows, own.columns()) : known;
            known.rows(at, at + own.rows()).copyFrom(own);
            for (int patch : drawn[i]) {
                float covered = samples.coverage().get(sample).get(patch, type);
                shares[at] = options.threshold()
                        .map(limit -> covered >= limit ? 1f : 0f)
                        .orElse(Math.clamp(covered, 0f, 1f));
                groups[at++] = samples.groups().of(sample);
            }
        }
        TrainingSet set =
                new TrainingSet(Objects.requireNonNull(known), Targets.shares(shares), Groups.of(groups), ofFold);
        Learner.Fitted fitted = options.learner().fit(set);
        List<FloatMatrix> images = new ArrayList<>();
        for (int sample : fold.heldOut) {
            FloatMatrix both = fitted.predictor().predict(features.apply(sample));
            FloatMatrix second = FloatMatrix.zeros(patches, 1);
            for (int patch = 0; patch < patches; patch++) {
                second.set(patch, 0, both.get(patch, 1));
            }
            images.add(second);
        }
        return new Predicted(fold, images, fitted.choice());
    }

    /// The same patches of an image for every class, layer and baseline.
    private int[] drawn(int image) {
        int[] all = IntStream.range(0, patches).toArray();
        RandomGenerator random = seed.task(1_000_000L + image).generator();
        int count = Math.min(options.patches(), patches);
        for (int i = 0; i < count && count < patches; i++) {
            int other = i + random.nextInt(patches - i);
            int swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
        return Arrays.stream(all, 0, count).sorted().toArray();
    }

    private Segmentation.ShownImage shown(SegmentationScoring scoring) {
        int[] byDice = scoring.byDice();
        int sample = options.image()
                .map(id -> Arrays.stream(byDice)
                        .filter(each ->
                                study.images().get(samples.images()[each]).id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> PatchlensException.usage(
                                "image " + id, "was not predicted, or has nothing of the first class", "")))
                .orElseGet(() -> byDice[byDice.length / 2]);
        PatchGrid grid = study.manifest().grid();
        FloatMatrix probability = FloatMatrix.zeros(grid.rows(), grid.columns());
        FloatMatrix coverage = FloatMatrix.zeros(grid.rows(), grid.columns());
        for (int patch = 0; patch < patches; patch++) {
            probability.set(
                    grid.row(patch), grid.column(patch), scoring.predicted().get(sample * patches + patch, 0));
            coverage.set(
                    grid.row(patch),
                    grid.column(patch),
                    samples.coverage().get(sample).get(patch, scoring.type()));
        }
        return new Segmentation.ShownImage(
                samples.images()[sample],
                study.images().get(samples.images()[sample]).id(),
                study.manifest().maskClasses().get(scoring.type()),
                scoring.pixelDice(sample),
                probability,
                coverage);
    }

    private Segmentation.Result result(
            List<Segmentation.ClassScore> scores,
            Segmentation.ShownImage shown,
            FloatMatrix predictions,
            int trainingImages) {
        return new Segmentation.Result(
                study.manifest().model().name(),
                study.manifest().grid(),
                samples.unitOfInference(),
                samples.images().length - trainingImages,
                samples.groups().count(),
                trainingImages,
                scores,
                shown,
                IntStream.of(samples.images()).boxed().toList(),
                samples.classes().stream()
                        .map(study.manifest().maskClasses()::get)
                        .toList(),
                predictions,
                samples.warnings(),
                Provenance.ofThisProgram(
                        study.manifest().model().sha256(),
                        study.manifest().provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        options.execution().seed()));
    }
}
