package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

class ApproximateNeighborsTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final FloatMatrix ROWS = clustered(4000);

    /// The oracle is the exact search, which is tested against scikit-learn. Recall is measured on 256 points here
    /// with 20 neighbours: its standard error is below 0.005.
    @ParameterizedTest
    @EnumSource(Metric.class)
    void nearlyAllNeighborsAreFoundAndAsManyAsItSays(Metric metric) {
        MeasuredGraph found = ApproximateNeighbors.of(ROWS, 20, metric, POOL, share -> {});
        NeighborGraph exact = ExactNeighbors.of(ROWS, 20, metric, POOL);
        double recall = recall(found.graph(), exact);
        assertThat(recall).isGreaterThan(0.98);
        assertThat(found.recall()).isEqualTo(recall, within(0.015));
    }

    @Test
    void distancesAreExactAndAscend() {
        NeighborGraph found = ApproximateNeighbors.of(ROWS, 10, Metric.EUCLIDEAN, POOL, share -> {})
                .graph();
        PointSpace space = new PointSpace(ROWS, Metric.EUCLIDEAN);
        for (int i = 0; i < 4000; i += 7) {
            for (int rank = 0; rank < 10; rank++) {
                assertThat(found.neighbor(i, rank)).isNotEqualTo(i);
                assertThat(found.distance(i, rank)).isEqualTo((float)
                        space.distances(ROWS.rowToArray(i), new int[] {found.neighbor(i, rank)})[0]);
                assertThat(rank == 0 || found.distance(i, rank) >= found.distance(i, rank - 1))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyNumberOfThreads(int threads) {
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            assertThat(ApproximateNeighbors.of(ROWS, 15, Metric.EUCLIDEAN, many, share -> {}))
                    .isEqualTo(ApproximateNeighbors.of(ROWS, 15, Metric.EUCLIDEAN, one, share -> {}));
        }
    }

    /// All in one cell, which is cut into pieces; whichever neighbours are named, they are at distance 0.
    @Test
    void equalPointsAreNeighborsOfEachOther() {
        FloatMatrix rows = FloatMatrix.zeros(3000, 4);
        NeighborGraph found = ApproximateNeighbors.of(rows, 12, Metric.EUCLIDEAN, POOL, share -> {})
                .graph();
        for (int i = 0; i < 3000; i++) {
            assertThat(found.distance(i, 11)).isZero();
        }
    }

    @Test
    void aFewPointsHaveAllTheirNeighbors() {
        FloatMatrix rows = ROWS.rows(0, 8);
        assertThat(ApproximateNeighbors.of(rows, 7, Metric.EUCLIDEAN, POOL, share -> {})
                        .graph())
                .isEqualTo(ExactNeighbors.of(rows, 7, Metric.EUCLIDEAN, POOL));
        assertThatThrownBy(() -> ApproximateNeighbors.of(rows, 8, Metric.EUCLIDEAN, POOL, share -> {}))
                .hasMessage("8 neighbours of 8 points");
    }

    @Test
    void whoWaitsHearsOfItAndMayStopIt() {
        List<Double> shares = new ArrayList<>();
        ApproximateNeighbors.of(ROWS, 5, Metric.EUCLIDEAN, POOL, shares::add);
        assertThat(shares).isSorted().hasSizeGreaterThan(3).allMatch(share -> share >= 0 && share <= 1);
        assertThatThrownBy(() -> ApproximateNeighbors.of(ROWS, 5, Metric.EUCLIDEAN, POOL, share -> {
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
    }

    private static double recall(NeighborGraph found, NeighborGraph exact) {
        int same = 0;
        for (int i = 0; i < exact.points(); i++) {
            for (int rank = 0; rank < exact.neighbors(); rank++) {
                for (int other = 0; other < exact.neighbors(); other++) {
                    same += found.neighbor(i, rank) == exact.neighbor(i, other) ? 1 : 0;
                }
            }
        }
        return (double) same / (exact.points() * exact.neighbors());
    }

    private static FloatMatrix clustered(int points) {
        FloatMatrix centers = RandomMatrix.normal(20, 12, 1);
        FloatMatrix rows = RandomMatrix.normal(points, 12, 2);
        for (int i = 0; i < points; i++) {
            int own = (int) Long.remainderUnsigned(new Seed(i).number(0), 20);
            for (int j = 0; j < 12; j++) {
                rows.set(i, j, rows.get(i, j) + 3 * centers.get(own, j));
            }
        }
        return rows;
    }
}
