package org.patchlens.analysis.probe.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.patchlens.embedding.Layer;
import org.patchlens.stats.ClusterBootstrap;
import org.patchlens.stats.Groups;
import org.patchlens.stats.Overlap;
import org.patchlens.stats.Ranking;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Measures predicted patches against the coverage.
///
/// @param study that has the images
/// @param samples the images and their coverage
/// @param type the class, a column of the coverage
/// @param folds the images that were held out together
/// @param predicted `float[images x P][1]`, the probability of each patch; NaN where an image was not predicted
record SegmentationScoring(
        Study study, SegmentationSamples samples, int type, List<int[]> folds, FloatMatrix predicted) {
    private static final float HALF = 0.5f;
    private static final int WORST = 5;

    /// One image that shows the class.
    private record Scored(int sample, Overlap patches, Overlap pixels) {}

    Segmentation.ClassScore score(Optional<Layer> layer, List<Double> choices, Seed seed, TaskPool pool) {
        List<Scored> scored = new ArrayList<>();
        double falseShare = 0;
        int without = 0;
        for (int[] fold : folds) {
            for (int sample : fold) {
                if (samples.shows(sample, type)) {
                    scored.add(new Scored(sample, patches(sample), pixels(sample)));
                } else {
                    falseShare += pixels(sample).predicted() / patchCount();
                    without++;
                }
            }
        }
        scored.sort(Comparator.comparingInt(Scored::sample));
        Groups groups =
                samples.groups().select(scored.stream().mapToInt(Scored::sample).toArray());
        ClusterBootstrap bootstrap = new ClusterBootstrap(groups, ClusterBootstrap.REPLICATES, seed);
        return new Segmentation.ClassScore(
                study.manifest().maskClasses().get(type),
                layer,
                scored.size(),
                groups.count(),
                auroc(false),
                mean(scored, each -> each.patches.dice(), bootstrap, pool),
                mean(scored, each -> each.patches.intersectionOverUnion(), bootstrap, pool),
                auroc(true),
                mean(scored, each -> each.pixels.dice(), bootstrap, pool),
                mean(scored, each -> each.pixels.intersectionOverUnion(), bootstrap, pool),
                without == 0 ? Double.NaN : falseShare / without,
                choices,
                worst(scored));
    }

    private int patchCount() {
        return study.manifest().grid().patches();
    }

    private float probability(int sample, int patch) {
        return predicted.get(sample * patchCount() + patch, 0);
    }

    private float coverage(int sample, int patch) {
        return samples.coverage().get(sample).get(patch, type);
    }

    /// A patch counts as covered if half of it is.
    private Overlap patches(int sample) {
        int shared = 0;
        int found = 0;
        int truth = 0;
        for (int patch = 0; patch < patchCount(); patch++) {
            boolean here = probability(sample, patch) >= HALF;
            boolean covered = coverage(sample, patch) >= HALF;
            shared += here && covered ? 1 : 0;
            found += here ? 1 : 0;
            truth += covered ? 1 : 0;
        }
        return new Overlap(shared, found, truth);
    }

    /// In units of a patch's area: of a predicted patch the covered part is right.
    private Overlap pixels(int sample) {
        double shared = 0;
        double found = 0;
        double truth = 0;
        for (int patch = 0; patch < patchCount(); patch++) {
            boolean here = probability(sample, patch) >= HALF;
            shared += here ? coverage(sample, patch) : 0;
            found += here ? 1 : 0;
            truth += coverage(sample, patch);
        }
        return new Overlap(shared, found, truth);
    }

    /// The Dice of an image's pixels.
    double pixelDice(int sample) {
        return pixels(sample).dice();
    }

    /// The mean over folds; by pixels a patch is positive and negative in the parts that are.
    private double auroc(boolean pixels) {
        double sum = 0;
        int counted = 0;
        for (int[] fold : folds) {
            int[] showing = Arrays.stream(fold)
                    .filter(sample -> samples.shows(sample, type))
                    .toArray();
            int rows = showing.length * patchCount();
            double[] scores = new double[2 * rows];
            boolean[] positive = new boolean[2 * rows];
            double[] weights = new double[2 * rows];
            for (int row = 0; row < rows; row++) {
                int sample = showing[row / patchCount()];
                float covered = coverage(sample, row % patchCount());
                float share = pixels ? covered : covered >= HALF ? 1 : 0;
                scores[row] = probability(sample, row % patchCount());
                scores[rows + row] = scores[row];
                positive[row] = true;
                weights[row] = share;
                weights[rows + row] = 1 - share;
            }
            double value = Ranking.of(scores, positive).auroc(weights);
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    private static Segmentation.Mean mean(
            List<Scored> scored, ToDoubleFunction<Scored> measure, ClusterBootstrap bootstrap, TaskPool pool) {
        double[] values = scored.stream().mapToDouble(measure).toArray();
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return new Segmentation.Mean(
                weighted(values, ones), bootstrap.percentiles(weights -> weighted(values, weights), pool));
    }

    /// Images of which neither truth nor prediction has a whole patch tell nothing.
    private static double weighted(double[] values, double[] weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                sum += weights[i] * values[i];
                all += weights[i];
            }
        }
        return all > 0 ? sum / all : Double.NaN;
    }

    private List<Segmentation.WorstImage> worst(List<Scored> scored) {
        return scored.stream()
                .sorted(Comparator.comparingDouble((Scored each) -> each.pixels.dice()))
                .limit(WORST)
                .map(each -> new Segmentation.WorstImage(
                        study.images().get(samples.images()[each.sample]).id(), each.pixels.dice()))
                .toList();
    }

    /// The images that show the class and were predicted, the worst first.
    int[] byDice() {
        return folds.stream()
                .flatMapToInt(IntStream::of)
                .filter(sample -> samples.shows(sample, type))
                .boxed()
                .sorted(Comparator.comparingDouble(this::pixelDice).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
