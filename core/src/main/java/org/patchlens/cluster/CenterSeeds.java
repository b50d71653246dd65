package org.patchlens.cluster;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Draws the first centres among the points, of very many points among a sample.
final class CenterSeeds {
    private static final int SMALLEST_SAMPLE = 10_000;
    private static final int SAMPLE_PER_CLUSTER = 100;
    private static final int SWAPS_PER_CLUSTER = 4;

    private final FloatMatrix rows;
    private final KMeansSettings settings;
    private final TaskPool pool;

    CenterSeeds(FloatMatrix rows, KMeansSettings settings, TaskPool pool) {
        this.rows = rows;
        this.settings = settings;
        this.pool = pool;
    }

    /// Some of the points, and centres among them.
    ///
    /// @param sample `float[n][D]`; all points if they are not too many
    /// @param centers `float[K][D]`
    record Drawn(FloatMatrix sample, FloatMatrix centers) {}

    /// Others for every seed.
    Drawn draw(Seed seed) {
        RandomGenerator random = seed.generator();
        FloatMatrix sample = sample(random);
        Drawing drawing = new Drawing(SquaredDistances.of(sample, pool));
        drawing.take(random.nextInt(sample.rows()));
        int candidates = 2 + (int) Math.log(settings.clusters());
        while (drawing.taken < settings.clusters()) {
            drawing.take(
                    switch (settings.seeding()) {
                        case KMEANS_PLUS_PLUS -> drawing.best(draw(drawing.nearest, candidates, random));
                        case FARTHEST_FIRST -> drawing.farthest();
                    });
        }
        switch (settings.seeding()) {
            case KMEANS_PLUS_PLUS -> exchange(drawing, random);
            case FARTHEST_FIRST -> {}
        }
        return new Drawn(sample, drawing.centers);
    }

    private void exchange(Drawing drawing, RandomGenerator random) {
        if (settings.clusters() > 1) {
            new CenterSwaps(drawing.distances, drawing.centers, pool)
                    .run(SWAPS_PER_CLUSTER * settings.clusters(), random);
        }
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

    /// Numbers of points, drawn with chances in proportion to their weights.
    static int[] draw(float[] weights, int count, RandomGenerator random) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += weights[i];
            sums[i] = sum;
        }
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
            drawn[i] = Math.min(sums.length - 1, found >= 0 ? found + 1 : -found - 1);
        }
        return drawn;
    }

    /// One set of centres on its way.
    private final class Drawing {
        private final SquaredDistances distances;
        private final float[] nearest;
        private final FloatMatrix centers;
        private int taken;

        Drawing(SquaredDistances distances) {
            this.distances = distances;
            nearest = new float[distances.rows().rows()];
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
            centers = FloatMatrix.zeros(settings.clusters(), distances.rows().columns());
        }

        void take(int point) {
            FloatMatrix row = distances.rows().row(point);
            centers.row(taken++).copyFrom(row);
            float[] squares = distances.to(row);
            for (int i = 0; i < squares.length; i++) {
                nearest[i] = Math.min(nearest[i], squares[i]);
            }
            // rounding leaves a little where nothing is
            nearest[point] = 0;
        }

        /// The candidate that leaves the smallest sum of squared distances, the first of equals.
        int best(int[] candidates) {
            FloatMatrix points =
                    FloatMatrix.zeros(candidates.length, distances.rows().columns());
            for (int i = 0; i < candidates.length; i++) {
                points.row(i).copyFrom(distances.rows().row(candidates[i]));
            }
            double[][] parts = new double[distances.tasks()][candidates.length];
            pool.forEach(parts.length, task -> {
                float[] squares = distances.ofTask(task, points);
                for (int i = 0; i < squares.length; i++) {
                    float limit = nearest[task * SquaredDistances.TASK_ROWS + i / candidates.length];
                    parts[task][i % candidates.length] += Math.min(limit, squares[i]);
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
    }
}
