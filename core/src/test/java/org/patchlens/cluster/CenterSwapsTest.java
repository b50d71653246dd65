package org.patchlens.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

class CenterSwapsTest {
    private static final int GROUPS = 4;
    private static final int POINTS = 2000;

    /// What k-means itself cannot mend: two centres in the first group, none in the last.
    @Test
    void aGroupWithTwoCentresGivesOneToTheGroupWithNone() {
        FloatMatrix rows = groups();
        FloatMatrix centers = badCenters(rows);
        run(rows, centers, 10, 1);
        assertThat(IntStream.range(0, GROUPS).mapToObj(center -> groupOf(centers, center)))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void theSumOfSquaredDistancesNeverGrowsAndCentresArePoints() {
        FloatMatrix rows = RandomMatrix.normal(POINTS, 3, 5);
        FloatMatrix centers = badCenters(rows);
        double before = sum(rows, centers);
        for (int steps : new int[] {0, 1, 5, 40}) {
            FloatMatrix swapped = badCenters(rows);
            run(rows, swapped, steps, 1);
            double after = sum(rows, swapped);
            // the sums of the search are in single precision
            assertThat(after).isLessThanOrEqualTo(before * (1 + 1e-5));
            before = after;
            for (int center = 0; center < GROUPS; center++) {
                FloatMatrix own = swapped.row(center);
                assertThat(IntStream.range(0, POINTS).anyMatch(i -> rows.row(i).equals(own)))
                        .isTrue();
            }
        }
        assertThat(before).isLessThan(0.9 * sum(rows, centers));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameCentresForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(POINTS, 3, 5);
        FloatMatrix one = badCenters(rows);
        FloatMatrix many = badCenters(rows);
        run(rows, one, 30, 1);
        run(rows, many, 30, threads);
        assertThat(many).isEqualTo(one);
    }

    private static void run(FloatMatrix rows, FloatMatrix centers, int steps, int threads) {
        try (TaskPool pool = new TaskPool(threads)) {
            new CenterSwaps(SquaredDistances.of(rows, pool), centers, pool).run(steps, new Seed(1).generator());
        }
    }

    /// Points i, i + 4, i + 8 ... around (10 i, 0, 0).
    private static FloatMatrix groups() {
        FloatMatrix rows = RandomMatrix.normal(POINTS, 3, 4);
        for (int i = 0; i < POINTS; i++) {
            rows.set(i, 0, rows.get(i, 0) + 10 * (i % GROUPS));
        }
        return rows;
    }

    private static int groupOf(FloatMatrix centers, int center) {
        return Math.round(centers.get(center, 0) / 10);
    }

    private static FloatMatrix badCenters(FloatMatrix rows) {
        FloatMatrix centers = FloatMatrix.zeros(GROUPS, rows.columns());
        for (int center : List.of(0, 1, 2, 3)) {
            centers.row(center).copyFrom(rows.row(center == 3 ? 4 : center));
        }
        return centers;
    }

    private static double sum(FloatMatrix rows, FloatMatrix centers) {
        return IntStream.range(0, rows.rows())
                .mapToDouble(i -> IntStream.range(0, GROUPS)
                        .mapToDouble(center -> Distances.squared(rows, i, centers, center))
                        .min()
                        .orElseThrow())
                .sum();
    }
}
