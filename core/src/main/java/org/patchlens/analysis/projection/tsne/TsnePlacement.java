package org.patchlens.analysis.projection.tsne;

import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Puts new points into a map whose own points stay where they are.
///
/// Each new point lowers its own divergence, of p(j|i) over its neighbours from 1 / (1 + |y(i) - y(j)|^2) over all
/// points of the map, whatever other new points there are. One field of forces is computed and read in every step.
public final class TsnePlacement {
    private static final int STEPS = 50;
    private static final int POINTS_PER_TASK = 256;

    /// What a place is near to at least; less is not told from the rounding of the field.
    private static final float SMALLEST_POTENTIAL = 1e-3f;

    /// No point goes further in one step.
    private static final double LONGEST_STEP = 5;

    private final FloatMatrix map;
    private final NeighborGraph graph;
    private final float[] weights;
    private final PointGrid.Bounds bounds;

    private TsnePlacement(FloatMatrix map, NeighborGraph graph, float[] weights, PointGrid.Bounds bounds) {
        this.map = map;
        this.graph = graph;
        this.weights = weights;
        this.bounds = bounds;
    }

    /// Where the new points are, `float[M][axes]`.
    ///
    /// @param map `float[N][axes]`, as [Tsne#positions] has it
    /// @param graph of the new points' neighbours among the points of the map, as
    ///     [org.patchlens.neighbor.CrossNeighbors] finds them
    /// @param perplexity at most; a third of the neighbours if that is less
    public static FloatMatrix of(FloatMatrix map, NeighborGraph graph, double perplexity, TaskPool pool) {
        int axes = map.columns();
        float[] fixed = toArray(map);
        Repulsion repulsion = new Repulsion(axes, pool);
        repulsion.charge(fixed);
        float[] weights = weights(graph, Math.max(1, Math.min(perplexity, graph.neighbors() / 3.0)), pool);
        TsnePlacement placement = new TsnePlacement(map, graph, weights, PointGrid.Bounds.of(fixed, axes));
        float[] positions = placement.start();
        float[] gradient = new float[positions.length];
        float[] potentials = new float[graph.points()];
        for (int step = 0; step < STEPS; step++) {
            repulsion.probe(positions, gradient, potentials);
            pool.forEach(Math.ceilDiv(graph.points(), POINTS_PER_TASK), task -> {
                int end = Math.min(graph.points(), (task + 1) * POINTS_PER_TASK);
                for (int i = task * POINTS_PER_TASK; i < end; i++) {
                    placement.move(i, positions, gradient, potentials[i]);
                }
            });
        }
        return FloatMatrix.of(graph.points(), axes, positions);
    }

    private static float[] toArray(FloatMatrix map) {
        return map.reshape(1, Math.toIntExact(map.size())).rowToArray(0);
    }

    private static float[] weights(NeighborGraph graph, double perplexity, TaskPool pool) {
        int k = graph.neighbors();
        float[] weights = new float[Math.multiplyExact(graph.points(), k)];
        pool.forEach(Math.ceilDiv(graph.points(), POINTS_PER_TASK), task -> {
            double[] row = new double[k];
            int end = Math.min(graph.points(), (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                for (int rank = 0; rank < k; rank++) {
                    row[rank] = (double) graph.distance(i, rank) * graph.distance(i, rank);
                }
                Perplexity.calibrate(row, perplexity);
                for (int rank = 0; rank < k; rank++) {
                    weights[i * k + rank] = (float) row[rank];
                }
            }
        });
        return weights;
    }

    /// The place of the nearest neighbour: a mean of neighbours in different groups would lie between the groups.
    private float[] start() {
        int axes = map.columns();
        float[] positions = new float[graph.points() * axes];
        for (int i = 0; i < graph.points(); i++) {
            for (int axis = 0; axis < axes; axis++) {
                positions[i * axes + axis] = map.get(graph.neighbor(i, 0), axis);
            }
        }
        return positions;
    }

    /// One step along the gradient, divided by the weights of what pulls: the place where the pull alone would be
    /// in balance, plus the push.
    private void move(int i, float[] positions, float[] gradient, float potential) {
        int axes = map.columns();
        double[] pull = new double[axes];
        double total = 0;
        for (int rank = 0; rank < graph.neighbors(); rank++) {
            int j = graph.neighbor(i, rank);
            double square = 0;
            for (int axis = 0; axis < axes; axis++) {
                double difference = (double) positions[i * axes + axis] - map.get(j, axis);
                square += difference * difference;
            }
            double weight = weights[i * graph.neighbors() + rank] / (1 + square);
            total += weight;
            for (int axis = 0; axis < axes; axis++) {
                pull[axis] += weight * ((double) positions[i * axes + axis] - map.get(j, axis));
            }
        }
        for (int axis = 0; axis < axes; axis++) {
            // the gradient of the potential is -2 times the sum that pushes
            double push = -0.5 * gradient[i * axes + axis] / Math.max(potential, SMALLEST_POTENTIAL);
            double step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, (push - pull[axis]) / Math.max(total, 1e-12)));
            double place = positions[i * axes + axis] + 0.5 * step;
            positions[i * axes + axis] = (float) Math.max(bounds.low()[axis], Math.min(bounds.high()[axis], place));
        }
    }
}
