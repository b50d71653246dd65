package org.patchlens.analysis.projection.tsne;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.patchlens.analysis.projection.Layouts;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// A map of points in which neighbours stay neighbours.
///
/// The same bytes for any number of threads. Time: about N log N per iteration; memory: 8 bytes per pair of
/// neighbours and the grids of [Repulsion].
///
/// @param positions `float[N][axes]`, centred
/// @param divergence the Kullback-Leibler divergence at the end, in nats
/// @param iterations done, the exaggerated ones included
/// @param history of the divergence, one entry per [#MEASURED_EVERY] iterations
public record Tsne(FloatMatrix positions, double divergence, int iterations, List<Double> history) {
    /// Iterations between two measurements of the divergence.
    public static final int MEASURED_EVERY = 50;

    /// Iterations after which points that moved are put into a new order in memory.
    private static final int SORTED_EVERY = 100;

    /// The standard deviation of the first axis at the start.
    private static final double START_SCALE = 1e-4;

    /// Of the standard deviation at the start.
    private static final double NOISE = 0.01;

    private static final double MOMENTUM = 0.8;
    private static final double SLOWEST_LEARNING_RATE = 200;

    /// With fewer than a hundred points, each of which holds a larger share of P, 200 throws points out of the
    /// map.
    private static final double SLOWEST_PER_POINT = 2;

    /// It has converged when this share of the divergence is all that the last [#MEASURED_EVERY] iterations won.
    private static final double LEAST_GAIN = 1e-4;

    public Tsne {
        history = List.copyOf(history);
    }

    /// Makes a map.
    ///
    /// @param graph with [TsneSettings#neighbors] or more neighbours, or all there are
    /// @param start `float[N][any]`: the first columns are where the points start, up to their scale; scores of
    ///     the principal components keep the large shape of the data
    /// @param pool stays open, and belongs to the caller
    public static Tsne of(
            NeighborGraph graph, FloatMatrix start, TsneSettings settings, Layouts layouts, TaskPool pool) {
        if (graph.points() != start.rows()) {
            throw new IllegalArgumentException(start.rows() + " starts for " + graph.points() + " points");
        }
        settings.check(graph.points());
        NeighborGraph nearest = graph.first(Math.min(graph.neighbors(), settings.neighbors()));
        JointProbabilities probabilities = JointProbabilities.of(nearest, settings.perplexity(), pool);
        FloatMatrix placed = start(start, settings);
        float[] positions = placed.reshape(1, Math.toIntExact(placed.size())).rowToArray(0);
        Descent descent = new Descent(probabilities, positions, settings.axes(), pool);
        return new Run(descent, placed.rows(), settings, layouts).finish();
    }

    private static FloatMatrix start(FloatMatrix scores, TsneSettings settings) {
        FloatMatrix start = FloatMatrix.zeros(scores.rows(), settings.axes());
        double deviation = deviation(scores);
        double scale = deviation > 0 ? START_SCALE / deviation : 0;
        RandomGenerator noise = new Seed(settings.seed()).generator();
        for (int i = 0; i < start.rows(); i++) {
            for (int axis = 0; axis < start.columns(); axis++) {
                double score = axis < scores.columns() ? scores.get(i, axis) * scale : 0;
                start.set(i, axis, (float) (score + noise.nextGaussian() * NOISE * START_SCALE));
            }
        }
        return start;
    }

    private static double deviation(FloatMatrix scores) {
        double sum = 0;
        double square = 0;
        for (int i = 0; i < scores.rows(); i++) {
            sum += scores.get(i, 0);
            square += (double) scores.get(i, 0) * scores.get(i, 0);
        }
        double mean = sum / scores.rows();
        return Math.sqrt(Math.max(0, square / scores.rows() - mean * mean));
    }

    /// One descent on its way.
    private static final class Run {
        private final Descent descent;
        private final int points;
        private final TsneSettings settings;
        private final Layouts layouts;
        private final List<Double> history = new ArrayList<>();
        private int iteration;

        Run(Descent descent, int points, TsneSettings settings, Layouts layouts) {
            this.descent = descent;
            this.points = points;
            this.settings = settings;
            this.layouts = layouts;
        }

        Tsne finish() {
            descend(settings.earlyIterations(), settings.earlyExaggeration(), false);
            descent.restart();
            descend(settings.iterations(), 1, true);
            return new Tsne(descent.map(), descent.divergence(), iteration, history);
        }

        private void descend(int most, double exaggeration, boolean mayConverge) {
            double slowest = Math.min(SLOWEST_LEARNING_RATE, SLOWEST_PER_POINT * points);
            float learningRate = (float) Math.max(slowest, points / exaggeration);
            double before = Double.POSITIVE_INFINITY;
            for (int i = 1; i <= most; i++) {
                if (iteration % SORTED_EVERY == 0) {
                    descent.sort();
                }
                descent.step((float) exaggeration, learningRate, (float) MOMENTUM);
                iteration++;
                layouts.offer(iteration, settings.earlyIterations() + settings.iterations(), descent::map);
                if (i % MEASURED_EVERY == 0) {
                    double divergence = descent.divergence();
                    history.add(divergence);
                    if (mayConverge && before - divergence < LEAST_GAIN * divergence) {
                        return;
                    }
                    before = divergence;
                }
            }
        }
    }
}
