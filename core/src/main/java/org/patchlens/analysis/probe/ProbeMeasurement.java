package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.analysis.probe.Score.Metric;
import org.patchlens.embedding.Layer;
import org.patchlens.learning.CrossValidation.HeldOut;
import org.patchlens.learning.RidgePermutation;
import org.patchlens.learning.Targets;
import org.patchlens.learning.TrainingSet;
import org.patchlens.stats.AurocPrecision;
import org.patchlens.stats.ClusterBootstrap;
import org.patchlens.stats.Evidence;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.stats.Interval;
import org.patchlens.stats.MultipleTesting;
import org.patchlens.stats.Verdict;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Scores with their intervals, tests and verdicts, all by patient.
///
/// @param samples the images and their targets
/// @param splits the folds
/// @param permutations of the test; 0 for none
/// @param seed of the draws
/// @param pool stays open, and belongs to the caller
record ProbeMeasurement(ProbeSamples samples, List<GroupedFolds> splits, int permutations, Seed seed, TaskPool pool) {
    private ClusterBootstrap bootstrap() {
        return new ClusterBootstrap(samples.groups(), ClusterBootstrap.REPLICATES, seed.task(3));
    }

    /// Scores of one set of rows.
    record Measured(String name, Optional<Layer> layer, List<Score> scores, double pValue, HeldOutScores scorer) {}

    /// Measures and tests the out-of-fold predictions of some rows.
    Measured measured(String name, Optional<Layer> layer, ProbeRows.Layered rows, List<HeldOut> heldOut) {
        HeldOutScores scorer = new HeldOutScores(heldOut, samples.targets());
        List<Score> scores = new ArrayList<>();
        double[] ones = HeldOutScores.ones(samples.images().length);
        for (Metric metric : HeldOutScores.metrics(samples.targets().task())) {
            double value = scorer.value(metric, ones);
            scores.add(new Score(metric, value, interval(metric, value, scorer)));
        }
        return new Measured(name, layer, scores, pValue(rows), scorer);
    }

    private Interval interval(Metric metric, double value, HeldOutScores scorer) {
        boolean binary = metric == Metric.AUROC && samples.targets().classes() == 2;
        if (binary && (samples.groups().count() <= AurocPrecision.FEWEST_FOR_BOOTSTRAP || value == 1)) {
            return AurocPrecision.newcombe(value, patients(1), patients(0));
        }
        return bootstrap().percentiles(weights -> scorer.value(metric, weights), pool);
    }

    /// How many patients have an image of a class.
    int patients(int type) {
        return samples.groups().countWith(row -> samples.targets().stratum(row) == type);
    }

    private double pValue(ProbeRows.Layered rows) {
        if (permutations == 0) {
            return Double.NaN;
        }
        TrainingSet set = new TrainingSet(
                rows.perSample(samples.images().length), samples.targets(), samples.groups(), seed.task(4));
        return RidgePermutation.of(set, splits, permutations, pool).pValue();
    }

    /// A layer beside its baselines; what its family decides comes later.
    ///
    /// @param permuted the first score of the probe on permuted labels
    LayerProbe layerProbe(Measured measured, double permuted, List<HeldOut> heldOut, List<Measured> baselines) {
        Metric first = measured.scores.getFirst().metric();
        double value = measured.scores.getFirst().value();
        Measured best = baselines.stream()
                .filter(each -> each.layer.isEmpty() || each.layer.equals(measured.layer))
                .max(Comparator.comparingDouble(each -> each.scores.getFirst().value()))
                .orElseThrow();
        Interval interval = bootstrap()
                .percentiles(
                        weights -> measured.scorer.value(first, weights) - best.scorer.value(first, weights), pool);
        double difference = value - best.scores.getFirst().value();
        return new LayerProbe(
                measured.layer.orElseThrow(),
                measured.scores,
                permuted,
                value - permuted,
                measured.pValue,
                Double.NaN,
                Double.NaN,
                new LayerProbe.Difference(best.name, difference, interval),
                Verdict.INSUFFICIENT_DATA,
                foldScores(measured.scorer, heldOut));
    }

    private List<LayerProbe.FoldScore> foldScores(HeldOutScores scorer, List<HeldOut> heldOut) {
        List<Metric> metrics = HeldOutScores.metrics(samples.targets().task());
        return IntStream.range(0, heldOut.size())
                .mapToObj(i -> {
                    HeldOut fold = heldOut.get(i);
                    int[] rows =
                            fold.samples().stream().mapToInt(Integer::intValue).toArray();
                    double choice = fold.fitted().choice();
                    return new LayerProbe.FoldScore(
                            fold.repeat(),
                            fold.fold(),
                            fold.trainingRows(),
                            rows.length,
                            samples.groups().select(rows).count(),
                            Double.isNaN(choice) ? Optional.empty() : Optional.of(choice),
                            metrics.stream()
                                    .map(metric -> scorer.ofFold(i, metric))
                                    .toList());
                })
                .toList();
    }

    /// The layers are one family of tests.
    List<LayerProbe> family(List<LayerProbe> probes, double margin) {
        double[] pValues = probes.stream().mapToDouble(LayerProbe::pValue).toArray();
        boolean tested = permutations > 0;
        double[] q = tested ? MultipleTesting.benjaminiHochberg(pValues) : pValues;
        double[] anyDependence = tested ? MultipleTesting.benjaminiYekutieli(pValues) : pValues;
        double chance = samples.targets().task() == Targets.Task.CLASSIFICATION ? 0.5 : 0;
        return IntStream.range(0, probes.size())
                .mapToObj(i -> {
                    Interval effect =
                            notBelowNothing(probes.get(i).first().interval().minus(chance));
                    Verdict verdict = Verdict.of(evidence(), effect, margin, q[i]);
                    return probes.get(i).withFamily(q[i], anyDependence[i], verdict);
                })
                .toList();
    }

    /// A probe that is worse than chance has found nothing.
    private static Interval notBelowNothing(Interval effect) {
        return effect.high() < 0 ? new Interval(0, 0, effect.method()) : effect;
    }

    /// What the patients of the smallest class allow.
    Evidence evidence() {
        int all = samples.groups().count();
        return IntStream.range(0, samples.classes().size())
                .mapToObj(type -> Evidence.of(
                        all,
                        patients(type),
                        samples.groups().countWith(row -> samples.targets().stratum(row) != type)))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Evidence.of(all, all, all));
    }
}
