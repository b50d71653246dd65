package org.patchlens.analysis.projection.umap;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// How far the memberships in a map are from those among the points: the cost that UMAP means to lower.
///
/// Its sampling pushes less than this cost asks for, so that the cost need not fall (Damrich and Hamprecht 2021,
/// "On UMAP's true loss function"); it compares maps of the same points.
///
/// @param weights of pairs, 0 to 1
/// @param curve of the map
/// @param map `float[N][axes]`
record CrossEntropy(SymmetricWeights weights, Curve curve, FloatMatrix map) {
    private static final int SAMPLE = 200;

    /// Memberships nearer to 0 or 1 count as this near, so that equal places cost something finite.
    private static final double SMALLEST = 1e-4;

    /// A product is not multiplied with further numbers below it, so that none underflows.
    private static final double SMALL = 1e-200;

    /// The mean over a sample of points.
    double perPoint(Seed seed, TaskPool pool) {
        int points = weights.points();
        int[] sample = points <= SAMPLE
                ? IntStream.range(0, points).toArray()
                : seed.task(-1).generator().ints(SAMPLE, 0, points).toArray();
        double[] costs = new double[sample.length];
        pool.forEach(sample.length, task -> costs[task] = of(sample[task]));
        return Arrays.stream(costs).average().orElse(0);
    }

    /// The sum over all other points.
    double of(int point) {
        double cost = 0;
        double product = 1;
        int next = weights.starts()[point];
        for (int other = 0; other < weights.points(); other++) {
            boolean listed = next < weights.starts()[point + 1] && weights.columns()[next] == other;
            double weight = listed ? weights.values()[next++] : 0;
            if (other == point) {
                continue;
            }
            double near = Math.min(1 - SMALLEST, Math.max(SMALLEST, curve.ofSquare(square(point, other))));
            if (listed) {
                cost += term(weight, near) + term(1 - weight, 1 - near);
                continue;
            }
            // log(1 / (1 - near)), for many at once
            product *= 1 - near;
            if (product < SMALL) {
                cost -= Math.log(product);
                product = 1;
            }
        }
        return cost - Math.log(product);
    }

    private static double term(double p, double q) {
        return p > 0 ? p * Math.log(p / q) : 0;
    }

    private double square(int point, int other) {
        double square = 0;
        for (int axis = 0; axis < map.columns(); axis++) {
            double difference = (double) map.get(point, axis) - map.get(other, axis);
            square += difference * difference;
        }
        return square;
    }
}
