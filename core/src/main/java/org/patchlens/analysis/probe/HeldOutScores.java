package org.patchlens.analysis.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.patchlens.analysis.probe.Score.Metric;
import org.patchlens.learning.CrossValidation.HeldOut;
import org.patchlens.learning.Targets;
import org.patchlens.stats.Classification;
import org.patchlens.stats.Ranking;
import org.patchlens.stats.Regression;
import org.patchlens.tensor.FloatMatrix;

/// The measures of out-of-fold predictions. Of classes: in each fold by itself, then the mean, because scores of
/// different folds come from different models and are never ranked against each other. Of numbers, which all
/// models predict on one scale: over all folds of a repeat, then the mean over the repeats; R² of a fold of few
/// patients is far too small.
final class HeldOutScores {
    private final List<Fold> folds = new ArrayList<>();
    /// What is measured by itself: folds, or repeats of a regression.
    private final List<Fold> parts;

    private final Targets targets;

    /// @param targets of all samples
    HeldOutScores(List<HeldOut> heldOut, Targets targets) {
        this.targets = targets;
        for (HeldOut each : heldOut) {
            folds.add(fold(each));
        }
        parts = switch (targets.task()) {
            case CLASSIFICATION -> folds;
            case REGRESSION -> repeats(heldOut);
        };
    }

    private List<Fold> repeats(List<HeldOut> heldOut) {
        Map<Integer, List<Fold>> byRepeat = new TreeMap<>();
        for (int i = 0; i < heldOut.size(); i++) {
            byRepeat.computeIfAbsent(heldOut.get(i).repeat(), _ -> new ArrayList<>())
                    .add(folds.get(i));
        }
        return byRepeat.values().stream().map(HeldOutScores::joined).toList();
    }

    private static Fold joined(List<Fold> some) {
        int[] samples =
                some.stream().flatMapToInt(fold -> Arrays.stream(fold.samples)).toArray();
        double[] numbers = some.stream()
                .flatMapToDouble(fold -> Arrays.stream(fold.numbers))
                .toArray();
        double[] truth =
                some.stream().flatMapToDouble(fold -> Arrays.stream(fold.truth)).toArray();
        return new Fold(samples, some.getFirst().classification, List.of(), numbers, truth);
    }

    /// One fold, sorted once for all weights.
    @SuppressWarnings("ArrayRecordComponent") // indices and numbers that are never compared
    private record Fold(
            int[] samples, Classification classification, List<Ranking> rankings, double[] numbers, double[] truth) {}

    private Fold fold(HeldOut heldOut) {
        int[] samples = heldOut.samples().stream().mapToInt(Integer::intValue).toArray();
        FloatMatrix predictions = heldOut.predictions();
        if (targets.task() == Targets.Task.REGRESSION) {
            double[] numbers = new double[samples.length];
            double[] truth = new double[samples.length];
            for (int i = 0; i < samples.length; i++) {
                numbers[i] = predictions.get(i, 0);
                truth[i] = targets.values().get(samples[i], 0);
            }
            FloatMatrix none = FloatMatrix.zeros(samples.length, 2);
            Classification unused = new Classification(none, FloatMatrix.zeros(1, samples.length));
            return new Fold(samples, unused, List.of(), numbers, truth);
        }
        FloatMatrix truth = FloatMatrix.zeros(1, samples.length);
        for (int i = 0; i < samples.length; i++) {
            truth.set(0, i, targets.stratum(samples[i]));
        }
        Classification classification = new Classification(predictions, truth);
        List<Ranking> rankings = new ArrayList<>();
        for (int type = targets.classes() == 2 ? 1 : 0; type < targets.classes(); type++) {
            rankings.add(classification.ranking(type));
        }
        return new Fold(samples, classification, rankings, new double[0], new double[0]);
    }

    /// The measures of this task, the most important first.
    static List<Metric> metrics(Targets.Task task) {
        return switch (task) {
            case CLASSIFICATION ->
                List.of(
                        Metric.AUROC,
                        Metric.AVERAGE_PRECISION,
                        Metric.BALANCED_ACCURACY,
                        Metric.ACCURACY,
                        Metric.BRIER);
            case REGRESSION -> List.of(Metric.R_SQUARED, Metric.MEAN_ABSOLUTE_ERROR);
        };
    }

    /// The mean over all folds or repeats; those where it is NaN are left out.
    ///
    /// @param weights of all samples
    double value(Metric metric, double[] weights) {
        double sum = 0;
        int counted = 0;
        for (Fold fold : parts) {
            double value = value(fold, metric, weights);
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted > 0 ? sum / counted : Double.NaN;
    }

    /// One fold's measure under equal weights.
    double ofFold(int fold, Metric metric) {
        return value(folds.get(fold), metric, ones(targets.size()));
    }

    /// The measure of one class against the others: AUROC or average precision.
    double ofClass(int type, Metric metric) {
        double[] weights = ones(targets.size());
        double sum = 0;
        int counted = 0;
        for (Fold fold : folds) {
            Ranking ranking = fold.classification.ranking(type);
            double[] own = gathered(fold, weights);
            double value = metric == Metric.AUROC ? ranking.auroc(own) : ranking.averagePrecision(own);
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted > 0 ? sum / counted : Double.NaN;
    }

    static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] gathered(Fold fold, double[] weights) {
        double[] own = new double[fold.samples.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = weights[fold.samples[i]];
        }
        return own;
    }

    private static double value(Fold fold, Metric metric, double[] weights) {
        double[] own = gathered(fold, weights);
        return switch (metric) {
            case AUROC ->
                mean(fold.rankings.stream()
                        .mapToDouble(ranking -> ranking.auroc(own))
                        .toArray());
            case AVERAGE_PRECISION ->
                mean(fold.rankings.stream()
                        .mapToDouble(ranking -> ranking.averagePrecision(own))
                        .toArray());
            case BALANCED_ACCURACY -> fold.classification.balancedAccuracy(own);
            case ACCURACY -> fold.classification.accuracy(own);
            case BRIER -> fold.classification.brier(own);
            case R_SQUARED -> Regression.rSquared(fold.numbers, fold.truth, own);
            case MEAN_ABSOLUTE_ERROR -> Regression.meanAbsoluteError(fold.numbers, fold.truth, own);
        };
    }

    private static double mean(double[] values) {
        double sum = 0;
        int counted = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted > 0 ? sum / counted : Double.NaN;
    }
}
