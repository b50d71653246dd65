package org.patchlens.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.neighbor.Metric;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;

class KMeansTest {
    /// scikit-learn's best of ten starts is the oracle (tools/reference/clusters.py), ours the best of as many.
    /// Rounding of single precision may leave a point with the other of two centres that are equally near.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13, 30})
    void theInertiaIsNotLargerThanScikitLearns(int clusters) {
        double theirs = ClusterGolden.JSON
                .get("inertia")
                .get(Integer.toString(clusters))
                .doubleValue();
        KMeans ours = of(ClusterGolden.ROWS, settings(clusters, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 10), 2);
        assertThat(ours.inertia()).isLessThanOrEqualTo(theirs * (1 + 1e-6));
    }

    @ParameterizedTest
    @EnumSource(Seeding.class)
    void theInertiaIsThatOfTheLabelsAndCentresOfItsDefinition(Seeding seeding) {
        KMeans found = of(ClusterGolden.ROWS, settings(7, Metric.EUCLIDEAN, seeding, 1), 2);
        int[] labels = found.labels();
        double sum = 0;
        double[][] means = new double[7][4];
        int[] sizes = new int[7];
        for (int i = 0; i < labels.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 7; k++) {
                nearest = Math.min(nearest, Distances.squared(ClusterGolden.ROWS, i, found.centers(), k));
            }
            assertThat(Distances.squared(ClusterGolden.ROWS, i, found.centers(), labels[i]))
                    .isEqualTo(nearest, within(1e-4));
            sum += nearest;
            sizes[labels[i]]++;
            for (int j = 0; j < 4; j++) {
                means[labels[i]][j] += ClusterGolden.ROWS.get(i, j);
            }
        }
        assertThat(found.inertia()).isEqualTo(sum, within(1e-3));
        for (int k = 0; k < 7; k++) {
            assertThat(found.centers().get(k, 2)).isCloseTo((float) (means[k][2] / sizes[k]), within(1e-3f));
        }
    }

    @Test
    void moreStartsAreNeverWorse() {
        double one = of(ClusterGolden.ROWS, settings(9, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 1), 1)
                .inertia();
        double many = of(ClusterGolden.ROWS, settings(9, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 12), 1)
                .inertia();
        assertThat(many).isLessThanOrEqualTo(one);
    }

    /// Two directions 20 degrees apart, two lengths of each: distances tell the lengths apart, the cosine the
    /// directions.
    @Test
    void underTheCosineLengthsDoNotMatter() {
        FloatMatrix rows = RandomMatrix.normal(400, 3, 3);
        for (int i = 0; i < 400; i++) {
            double angle = Math.toRadians(i % 2 * 20);
            float length = i / 2 % 2 == 0 ? 10 : 100;
            rows.set(i, 0, length * (float) (Math.cos(angle) + 0.02 * rows.get(i, 0)));
            rows.set(i, 1, length * (float) (Math.sin(angle) + 0.02 * rows.get(i, 1)));
            rows.set(i, 2, length * 0.02f * rows.get(i, 2));
        }
        KMeans byDirection = of(rows, settings(2, Metric.COSINE, Seeding.KMEANS_PLUS_PLUS, 4), 2);
        int[] byLength = of(rows, settings(2, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 4), 2)
                .labels();
        for (int i = 4; i < 400; i++) {
            assertThat(byDirection.labels()[i]).isEqualTo(byDirection.labels()[i % 2]);
            assertThat(byLength[i]).isEqualTo(byLength[i / 2 % 2 * 2]);
        }
        for (float norm : Kernels.rowNorms(byDirection.centers())) {
            assertThat(norm).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void farthestFirstFindsASmallFarGroup() {
        FloatMatrix rows = RandomMatrix.normal(2000, 3, 5);
        for (int i = 0; i < 3; i++) {
            rows.set(i, 0, 60);
        }
        int[] labels = of(rows, settings(2, Metric.EUCLIDEAN, Seeding.FARTHEST_FIRST, 1), 2)
                .labels();
        assertThat(labels[0]).isEqualTo(labels[1]).isEqualTo(labels[2]).isNotEqualTo(labels[3]);
        assertThat(Arrays.stream(labels).filter(label -> label == labels[0])).hasSize(3);
    }

    /// Two places for four centres: without a repair two clusters would be empty.
    @Test
    void noClusterIsEmptyWherePointsDiffer() {
        FloatMatrix rows = RandomMatrix.normal(600, 2, 9);
        for (int i = 0; i < 590; i++) {
            rows.row(i).copyFrom(FloatMatrix.of(1, 2, 5, 5));
        }
        for (int seed = 0; seed < 5; seed++) {
            KMeans found = of(rows, new KMeansSettings(6, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 1, 300, seed), 2);
            assertThat(Arrays.stream(found.labels()).distinct()).hasSize(6);
        }
    }

    @Test
    void equalPointsAndAsManyClustersAsPointsAreAllRight() {
        FloatMatrix equal = FloatMatrix.zeros(20, 3);
        assertThat(of(equal, settings(4, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 2), 1)
                        .inertia())
                .isZero();
        FloatMatrix few = RandomMatrix.normal(6, 3, 1);
        assertThat(of(few, settings(6, Metric.EUCLIDEAN, Seeding.FARTHEST_FIRST, 1), 1)
                        .inertia())
                .isEqualTo(0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(20_000, 10, 4);
        KMeansSettings settings = KMeansSettings.of(12, 3);
        KMeans one = of(rows, settings, 1);
        KMeans many = of(rows, settings, threads);
        assertThat(many.centers()).isEqualTo(one.centers());
        assertThat(many.labels()).isEqualTo(one.labels());
        assertThat(many.inertia()).isEqualTo(one.inertia());
    }

    private static KMeansSettings settings(int clusters, Metric metric, Seeding seeding, int restarts) {
        return new KMeansSettings(clusters, metric, seeding, restarts, 300, 1);
    }

    private static KMeans of(FloatMatrix rows, KMeansSettings settings, int threads) {
        try (TaskPool pool = new TaskPool(threads)) {
            return KMeans.of(rows, settings, pool, share -> {});
        }
    }
}
