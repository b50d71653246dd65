package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.patchlens.neighbor.SpatialOrder;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;
import org.patchlens.tensor.force.MapPoints;
import org.patchlens.tensor.force.SparseRows;

/// Gradient descent on the Kullback-Leibler divergence with momentum and a gain per coordinate (Jacobs 1988), as
/// the paper has it. Not safe for several threads.
final class Descent {
    private static final int POINTS_PER_TASK = 1024;
    private static final float SMALLEST_GAIN = 0.01f;

    /// What becomes of a gain: smaller by a fifth where the step turns back, larger by 0.2 where it goes on.
    private static final float[] GAIN_FACTORS = {0.8f, 1};

    private static final float[] GAIN_TERMS = {0, 0.2f};

    /// No point goes further in one iteration; single points that are thrown far away would stretch the grid.
    private static final float LONGEST_STEP = 5;

    /// What a point is near to others at least, in sum; less is not told from the rounding of its own potential.
    private static final double SMALLEST_NEARNESS = 1e-3;

    private final int axes;
    private final TaskPool pool;
    private final double negativeEntropy;
    private Attraction attraction;
    private int[] order;
    private final Repulsion repulsion;
    private final MapPoints points;
    private float[] positions;
    private float[] steps;
    private float[] gains;
    private final float[] pull;
    private final float[] push;

    /// @param positions point after point; changed
    Descent(JointProbabilities probabilities, float[] positions, int axes, TaskPool pool) {
        negativeEntropy = probabilities.negativeEntropy();
        this.axes = axes;
        this.pool = pool;
        this.positions = positions;
        attraction = new Attraction(
                SparseRows.filled(probabilities.starts(), probabilities.columns(), probabilities.values()));
        points = new MapPoints(positions.length / axes, axes);
        order = IntStream.range(0, points.size()).toArray();
        repulsion = new Repulsion(axes, pool);
        steps = new float[positions.length];
        gains = new float[positions.length];
        pull = new float[positions.length];
        push = new float[positions.length];
        restart();
    }

    /// Forgets momentum and gains.
    void restart() {
        Arrays.fill(steps, 0);
        Arrays.fill(gains, 1);
    }

    /// Sorts the points by where they are, so that those which pull each other lie close together in memory too.
    void sort() {
        int[] sorted = SpatialOrder.of(FloatMatrix.of(points.size(), axes, positions));
        attraction = new Attraction(attraction.probabilities().reordered(sorted, pool));
        positions = permuted(positions, sorted);
        steps = permuted(steps, sorted);
        gains = permuted(gains, sorted);
        order = Arrays.stream(sorted).map(i -> order[i]).toArray();
    }

    private float[] permuted(float[] values, int[] sorted) {
        float[] permuted = new float[values.length];
        for (int i = 0; i < sorted.length; i++) {
            System.arraycopy(values, sorted[i] * axes, permuted, i * axes, axes);
        }
        return permuted;
    }

    /// Where the points are, `float[N][axes]`, in the order in which they were given.
    FloatMatrix map() {
        FloatMatrix map = FloatMatrix.zeros(order.length, axes);
        for (int i = 0; i < order.length; i++) {
            for (int axis = 0; axis < axes; axis++) {
                map.set(order[i], axis, positions[i * axes + axis]);
            }
        }
        return map;
    }

    /// Moves every point once.
    ///
    /// @param exaggeration of the attraction
    void step(float exaggeration, float learningRate, float momentum) {
        float scale = (float) (0.5 / forces());
        int points = positions.length / axes;
        pool.forEach(Math.ceilDiv(points, POINTS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                move(i * axes, exaggeration, scale, learningRate, momentum);
            }
        });
        center();
    }

    /// The gradient of the divergence, up to its constant factor 4, as it stands.
    ///
    /// @param gradient written, as long as the positions
    void gradient(float[] gradient) {
        float scale = (float) (0.5 / forces());
        for (int i = 0; i < gradient.length; i++) {
            gradient[order[i / axes] * axes + i % axes] = pull[i] + push[i] * scale;
        }
    }

    /// The Kullback-Leibler divergence of the map from P, in nats, without exaggeration.
    double divergence() {
        points.set(positions);
        double normalization = normalization();
        return negativeEntropy + attraction.crossTerm(points, pool) + Math.log(normalization);
    }

    /// Computes both forces and returns the normalization of Q.
    private double forces() {
        points.set(positions);
        double normalization = normalization();
        attraction.of(points, pull, pool);
        return normalization;
    }

    /// The sum of 1 / (1 + |y(i) - y(j)|^2) over all ordered pairs of different points.
    private double normalization() {
        return Math.max(repulsion.push(positions, points, push) - points.size(), SMALLEST_NEARNESS * points.size());
    }

    private void move(int at, float exaggeration, float scale, float learningRate, float momentum) {
        float square = 0;
        for (int i = at; i < at + axes; i++) {
            float gradient = exaggeration * pull[i] + push[i] * scale;
            // the sign bit differs where a step goes on downhill; no branch, since half of them would be guessed
            // wrong
            int onward = (Float.floatToRawIntBits(gradient) ^ Float.floatToRawIntBits(steps[i])) >>> 31;
            gains[i] = Math.max(SMALLEST_GAIN, gains[i] * GAIN_FACTORS[onward] + GAIN_TERMS[onward]);
            steps[i] = momentum * steps[i] - learningRate * gains[i] * gradient;
            square += steps[i] * steps[i];
        }
        if (square > LONGEST_STEP * LONGEST_STEP) {
            float shorter = LONGEST_STEP / (float) Math.sqrt(square);
            for (int i = at; i < at + axes; i++) {
                steps[i] *= shorter;
            }
        }
        for (int i = at; i < at + axes; i++) {
            positions[i] += steps[i];
        }
    }

    private void center() {
        int points = positions.length / axes;
        for (int axis = 0; axis < axes; axis++) {
            double sum = 0;
            for (int i = axis; i < positions.length; i += axes) {
                sum += positions[i];
            }
            float mean = (float) (sum / points);
            for (int i = axis; i < positions.length; i += axes) {
                positions[i] -= mean;
            }
        }
    }
}
