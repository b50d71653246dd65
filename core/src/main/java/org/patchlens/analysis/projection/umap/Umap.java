package org.patchlens.analysis.projection.umap;

import java.util.random.RandomGenerator;
import org.patchlens.analysis.projection.Layouts;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.neighbor.SpatialOrder;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// A map of points in which neighbours stay neighbours and groups keep some of their places.
///
/// The same bytes for any number of threads. Time: about N neighbours epochs; memory: about 40 bytes per pair of
/// neighbours.
///
/// @param positions `float[N][axes]`
/// @param crossEntropy between the memberships and those in the map (equation 1 of the paper), in nats, the mean
///     over a sample of points of the sum over all other points
/// @param epochs done
public record Umap(FloatMatrix positions, double crossEntropy, int epochs) {
    /// The largest coordinate at the start.
    private static final double START_SIZE = 5;

    private static final double NOISE = 1e-4;
    private static final double SPREAD = 1;

    /// Makes a map.
    ///
    /// It starts from the first columns of `start`, so that no solver has to converge, and parts of the
    /// graph without a connection stand where they stand there.
    ///
    /// @param graph with [UmapSettings#neighbors] - 1 or more neighbours
    /// @param start `float[N][any]`, such as scores of the principal components
    /// @param pool stays open, and belongs to the caller
    public static Umap of(
            NeighborGraph graph, FloatMatrix start, UmapSettings settings, Layouts layouts, TaskPool pool) {
        if (graph.points() != start.rows() || graph.neighbors() < settings.neighbors() - 1) {
            throw new IllegalArgumentException(graph + " with " + start.rows() + " starts, for " + settings);
        }
        settings.check(graph.points());
        SymmetricWeights weights = FuzzyGraph.of(graph.first(settings.neighbors() - 1), pool);
        FloatMatrix placed = start(start, settings);
        int[] order = SpatialOrder.of(placed);
        Curve curve = Curve.of(settings.minDistance(), SPREAD);
        int epochs = settings.epochsFor(graph.points());
        Seed seed = new Seed(settings.seed());
        Optimizer optimizer =
                new Optimizer(weights.reordered(order, pool), curve, inOrder(placed, order), epochs, seed, pool);
        for (int epoch = 0; epoch < epochs; epoch++) {
            optimizer.step(epoch, 1 - (float) epoch / epochs);
            layouts.offer(epoch + 1, epochs, () -> outOfOrder(optimizer.positions(), order, settings.axes()));
        }
        FloatMatrix map = outOfOrder(optimizer.positions(), order, settings.axes());
        return new Umap(map, new CrossEntropy(weights, curve, map).perPoint(seed, pool), epochs);
    }

    private static FloatMatrix start(FloatMatrix scores, UmapSettings settings) {
        int axes = Math.min(settings.axes(), scores.columns());
        double[] middle = new double[axes];
        for (int i = 0; i < scores.rows(); i++) {
            for (int axis = 0; axis < axes; axis++) {
                middle[axis] += scores.get(i, axis) / (double) scores.rows();
            }
        }
        double largest = 0;
        for (int i = 0; i < scores.rows(); i++) {
            for (int axis = 0; axis < axes; axis++) {
                largest = Math.max(largest, Math.abs(scores.get(i, axis) - middle[axis]));
            }
        }
        double scale = largest > 0 ? START_SIZE / largest : 0;
        RandomGenerator noise = new Seed(settings.seed()).generator();
        FloatMatrix start = FloatMatrix.zeros(scores.rows(), settings.axes());
        for (int i = 0; i < start.rows(); i++) {
            for (int axis = 0; axis < start.columns(); axis++) {
                double place = axis < axes ? (scores.get(i, axis) - middle[axis]) * scale : 0;
                start.set(i, axis, (float) (place + noise.nextGaussian() * NOISE));
            }
        }
        return start;
    }

    private static float[] inOrder(FloatMatrix placed, int[] order) {
        float[] positions = new float[Math.toIntExact(placed.size())];
        for (int i = 0, at = 0; i < order.length; i++) {
            for (int axis = 0; axis < placed.columns(); axis++) {
                positions[at++] = placed.get(order[i], axis);
            }
        }
        return positions;
    }

    private static FloatMatrix outOfOrder(float[] positions, int[] order, int axes) {
        FloatMatrix map = FloatMatrix.zeros(order.length, axes);
        for (int i = 0, at = 0; i < order.length; i++) {
            for (int axis = 0; axis < axes; axis++) {
                map.set(order[i], axis, positions[at++]);
            }
        }
        return map;
    }
}
