package org.patchlens.analysis.projection.umap;

import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Puts new points into a map whose own points stay where they are.
///
/// Each new point is pulled by its neighbours in the map and pushed by points of the map that are drawn by lot, as
/// in [Optimizer], whatever other new points there are.
public final class UmapPlacement {
    private static final int STEPS = 100;
    private static final double FIRST_RATE = 0.25;
    private static final int PUSHES = 5;
    private static final double LONGEST_STEP = 4;
    private static final int POINTS_PER_TASK = 256;
    private static final double SPREAD = 1;

    private final FloatMatrix map;
    private final NeighborGraph graph;
    private final Curve curve;

    private UmapPlacement(FloatMatrix map, NeighborGraph graph, Curve curve) {
        this.map = map;
        this.graph = graph;
        this.curve = curve;
    }

    /// Where the new points are, `float[M][axes]`.
    ///
    /// @param map `float[N][axes]`, as [Umap#positions] has it
    /// @param graph of the new points' neighbours among the points of the map, as
    ///     [org.patchlens.neighbor.CrossNeighbors] finds them
    /// @param settings with which the map was made
    public static FloatMatrix of(FloatMatrix map, NeighborGraph graph, UmapSettings settings, TaskPool pool) {
        UmapPlacement placement = new UmapPlacement(map, graph, Curve.of(settings.minDistance(), SPREAD));
        FloatMatrix placed = FloatMatrix.zeros(graph.points(), map.columns());
        Seed seed = new Seed(settings.seed());
        pool.forEach(Math.ceilDiv(graph.points(), POINTS_PER_TASK), task -> {
            int end = Math.min(graph.points(), (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                placement.place(i, seed.task(i), placed);
            }
        });
        return placed;
    }

    private void place(int i, Seed numbers, FloatMatrix placed) {
        int axes = map.columns();
        SmoothDistances scale = SmoothDistances.of(graph.distances().rowToArray(i), 0);
        double[] place = new double[axes];
        for (int axis = 0; axis < axes; axis++) {
            place[axis] = map.get(graph.neighbor(i, 0), axis);
        }
        long drawn = 0;
        for (int step = 0; step < STEPS; step++) {
            double rate = FIRST_RATE * (1 - (double) step / STEPS);
            for (int rank = 0; rank < graph.neighbors(); rank++) {
                double weight = scale.membership(graph.distance(i, rank));
                if ((long) (step * weight) == (long) ((step + 1) * weight)) {
                    continue;
                }
                move(place, graph.neighbor(i, rank), -rate, true);
                for (int p = 0; p < PUSHES; p++) {
                    long other = Long.remainderUnsigned(numbers.number(drawn++), map.rows());
                    move(place, (int) other, rate, false);
                }
            }
        }
        for (int axis = 0; axis < axes; axis++) {
            placed.set(i, axis, (float) place[axis]);
        }
    }

    /// Moves along the difference to a point of the map.
    private void move(double[] place, int other, double rate, boolean pulled) {
        double square = 0;
        for (int axis = 0; axis < place.length; axis++) {
            double difference = place[axis] - map.get(other, axis);
            square += difference * difference;
        }
        if (square == 0) {
            return;
        }
        double force = pulled ? curve.pull(square) : curve.push(square);
        for (int axis = 0; axis < place.length; axis++) {
            double step = force * (place[axis] - map.get(other, axis));
            place[axis] += rate * Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
        }
    }
}
