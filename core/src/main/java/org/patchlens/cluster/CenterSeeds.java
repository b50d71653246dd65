package org.patchlens.cluster;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Draws the first centres among the points, of very many points among a sample.
final class CenterSeeds {
    private static final int SMALLEST_SAMPLE = 10_000;
    private static final int SAMPLE_PER_CLUSTER = 100;
    private static final int TASK_ROWS = 1024;

    private final FloatMatrix rows;
    private final KMeansSettings settings;
    private final TaskPool pool;

    CenterSeeds(FloatMatrix rows, KMeansSettings settings, TaskPool pool) {
        this.rows = rows;
        this.settings = settings;
        this.pool = pool;
    }

    /// Other centres for every seed, `float[K][D]`.
    FloatMatrix draw(Seed seed) {
        RandomGenerator random = seed.generator();
        FloatMatrix sample = sample(random);
        Drawing drawing = new Drawing(sample, squares(sample));
        drawing.take(random.nextInt(sample.rows()));
        int candidates = 2 + (int) Math.log(settings.clusters());
        while (drawing.taken < settings.clusters()) {
            drawing.take(
                    switch (settings.seeding()) {
                        case KMEANS_PLUS_PLUS -> drawing.best(drawing.draw(candidates, random));
                        case FARTHEST_FIRST -> drawing.farthest();
                    });
        }
        return drawing.centers;
    }

    private FloatMatrix sample(RandomGenerator random) {
        int size = Math.max(SMALLEST_SAMPLE, SAMPLE_PER_CLUSTER * settings.clusters());
        if (rows.rows() <= size) {
            return rows;
        }
        int[] numbers = IntStream.range(0, rows.rows()).toArray();
        FloatMatrix sample = FloatMatrix.zeros(size, rows.columns());
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(numbers.length - i);
            sample.row(i).copyFrom(rows.row(numbers[other]));
            numbers[other] = numbers[i];
        }
        return sample;
    }

    private static float[] squares(FloatMatrix rows) {
        float[] squares = new float[rows.rows()];
        for (int row = 0; row < squares.length; row++) {
            double sum = 0;
            for (float value : rows.rowToArray(row)) {
                sum += (double) value * value;
            }
            squares[row] = (float) sum;
        }
        return squares;
    }

    /// One set of centres on its way.
    private final class Drawing {
        private final FloatMatrix sample;
        private final float[] squares;
        private final float[] nearest;
        private final FloatMatrix centers;
        private int taken;

        Drawing(FloatMatrix sample, float[] squares) {
            this.sample = sample;
            this.squares = squares;
            nearest = new float[sample.rows()];
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
            centers = FloatMatrix.zeros(settings.clusters(), sample.columns());
        }

        void take(int point) {
            centers.row(taken++).copyFrom(sample.row(point));
            pool.forEach(tasks(), task -> {
                float[] distances = distances(task, new int[] {point});
                for (int i = 0; i < distances.length; i++) {
                    int row = task * TASK_ROWS + i;
                    nearest[row] = Math.min(nearest[row], distances[i]);
                }
            });
            // rounding leaves a little where nothing is
            nearest[point] = 0;
        }

        private int tasks() {
            return Math.ceilDiv(sample.rows(), TASK_ROWS);
        }

        /// Points drawn with chances in proportion to their squared distances from the centres.
        int[] draw(int count, RandomGenerator random) {
            double[] sums = new double[nearest.length];
            double sum = 0;
            for (int i = 0; i < sums.length; i++) {
                sum += nearest[i];
                sums[i] = sum;
            }
            int[] drawn = new int[count];
            for (int i = 0; i < count; i++) {
                int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
                drawn[i] = Math.min(sums.length - 1, found >= 0 ? found + 1 : -found - 1);
            }
            return drawn;
        }

        /// The candidate that leaves the smallest sum of squared distances, the first of equals.
        int best(int[] candidates) {
            double[][] parts = new double[tasks()][candidates.length];
            pool.forEach(parts.length, task -> {
                float[] distances = distances(task, candidates);
                for (int i = 0; i < distances.length; i++) {
                    float limit = nearest[task * TASK_ROWS + i / candidates.length];
                    parts[task][i % candidates.length] += Math.min(limit, distances[i]);
                }
            });
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int candidate = 0; candidate < candidates.length; candidate++) {
                double sum = 0;
                for (double[] part : parts) {
                    sum += part[candidate];
                }
                if (sum < least) {
                    least = sum;
                    best = candidate;
                }
            }
            return candidates[best];
        }

        int farthest() {
            int farthest = 0;
            for (int i = 1; i < nearest.length; i++) {
                farthest = nearest[i] > nearest[farthest] ? i : farthest;
            }
            return farthest;
        }

        /// Squared distances of the rows of a task to some points, `float[rows of the task][points]`.
        private float[] distances(int task, int[] points) {
            int from = task * TASK_ROWS;
            int to = Math.min(sample.rows(), from + TASK_ROWS);
            FloatMatrix others = FloatMatrix.zeros(points.length, sample.columns());
            for (int i = 0; i < points.length; i++) {
                others.row(i).copyFrom(sample.row(points[i]));
            }
            float[] products = new float[(to - from) * points.length];
            MatrixProduct.multiply(
                    Panel.of(sample.rows(from, to)),
                    Panel.of(others).transpose(),
                    Panel.of(products, to - from, points.length));
            for (int i = 0; i < products.length; i++) {
                float square = squares[from + i / points.length] + squares[points[i % points.length]];
                products[i] = Math.max(0, square - 2 * products[i]);
            }
            return products;
        }
    }
}
