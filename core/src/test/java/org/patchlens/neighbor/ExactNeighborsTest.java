package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class ExactNeighborsTest {
    private static final TaskPool POOL = new TaskPool(2);

    @Test
    void theNearestPointsOnALineComeFirstAndTiesInTheOrderOfThePoints() {
        NeighborGraph graph = ExactNeighbors.of(FloatMatrix.of(5, 1, 0, 1, 2, 10, 1), 3, Metric.EUCLIDEAN, POOL);
        assertThat(neighbors(graph, 0)).containsExactly(1, 4, 2);
        assertThat(neighbors(graph, 1)).containsExactly(4, 0, 2);
        assertThat(neighbors(graph, 3)).containsExactly(2, 1, 4);
        assertThat(graph.distance(3, 0)).isEqualTo(8);
        assertThat(graph.distance(1, 0)).isZero();
    }

    /// The oracle is scikit-learn's brute force in double precision (tools/reference/neighbors.py); the distances
    /// here are rounded once to single precision.
    @ParameterizedTest
    @EnumSource(Metric.class)
    void theNeighborsAreThoseOfScikitLearn(Metric metric) {
        JsonNode golden = Golden.json(ExactNeighborsTest.class, "neighbors.json");
        NeighborGraph graph = ExactNeighbors.of(Golden.matrix(golden.get("rows")), 7, metric, POOL);
        JsonNode expected = golden.get(metric.name());
        for (int i = 0; i < graph.points(); i++) {
            for (int rank = 0; rank < 7; rank++) {
                assertThat(graph.neighbor(i, rank))
                        .isEqualTo(expected.get("neighbors").get(i).get(rank).intValue());
            }
        }
        assertThat(Golden.distance(graph.distances(), Golden.matrix(expected.get("distances"))))
                .isLessThan(8 * 0x1p-24);
    }

    /// 700 points are eleven blocks, of which the last is not full.
    @ParameterizedTest
    @EnumSource(Metric.class)
    void noBlockIsForgotten(Metric metric) {
        assertNearest(RandomMatrix.normal(700, 6, 3), metric);
    }

    /// Groups far apart, one of them of very different sizes, lines, and equal points: most blocks are passed
    /// over.
    @ParameterizedTest
    @EnumSource(Metric.class)
    void whatIsPassedOverIsTooFarAway(Metric metric) {
        FloatMatrix rows = RandomMatrix.normal(3000, 9, 6);
        FloatMatrix centers = RandomMatrix.normal(17, 9, 7);
        for (int i = 0; i < 3000; i++) {
            float size = i % 17 == 0 ? 3 : i % 17 == 1 ? 0 : 0.3f;
            for (int j = 0; j < 9; j++) {
                float own = i % 17 == 2 && j > 0 ? 0 : rows.get(i, j);
                rows.set(i, j, 8 * centers.get(i % 17, j) + size * own);
            }
        }
        assertNearest(rows, metric);
    }

    private static void assertNearest(FloatMatrix rows, Metric metric) {
        NeighborGraph graph = ExactNeighbors.of(rows, 20, metric, POOL);
        PointSpace space = new PointSpace(rows, metric);
        for (int point = 0; point < rows.rows(); point += 23) {
            float[] row = rows.rowToArray(point);
            int fixed = point;
            List<Integer> expected = IntStream.range(0, rows.rows())
                    .filter(other -> other != fixed)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            (Integer other) -> (float) space.distances(row, new int[] {other})[0]))
                    .limit(20)
                    .toList();
            for (int rank = 0; rank < 20; rank++) {
                // of points at the same distance any may be named
                assertThat(graph.distance(point, rank))
                        .isEqualTo((float) space.distances(row, new int[] {expected.get(rank)})[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(1500, 10, 4);
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            assertThat(ExactNeighbors.of(rows, 30, Metric.EUCLIDEAN, many))
                    .isEqualTo(ExactNeighbors.of(rows, 30, Metric.EUCLIDEAN, one));
        }
    }

    @Test
    void thePositionOfTheOriginDoesNotMatter() {
        FloatMatrix rows = RandomMatrix.normal(300, 4, 5);
        FloatMatrix shifted = FloatMatrix.zeros(300, 4);
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, Math.round(rows.get(i, j) * 1024) / 1024f);
                shifted.set(i, j, rows.get(i, j) + 4096);
            }
        }
        assertThat(ExactNeighbors.of(shifted, 10, Metric.EUCLIDEAN, POOL))
                .isEqualTo(ExactNeighbors.of(rows, 10, Metric.EUCLIDEAN, POOL));
    }

    @Test
    void aRowOfZerosHasNoDirection() {
        NeighborGraph graph = ExactNeighbors.of(FloatMatrix.of(3, 2, 0, 0, 1, 0, 2, 0.1f), 2, Metric.COSINE, POOL);
        assertThat(graph.distance(0, 0)).isEqualTo(1);
        assertThat(graph.neighbor(1, 0)).isEqualTo(2);
        assertThat(graph.distance(1, 0)).isEqualTo(0.0012476f, within(1e-6f));
    }

    @Test
    void aPointIsNotItsOwnNeighbor() {
        FloatMatrix rows = RandomMatrix.normal(3, 2, 1);
        assertThatThrownBy(() -> ExactNeighbors.of(rows, 3, Metric.EUCLIDEAN, POOL))
                .hasMessage("3 neighbours of 3 points");
    }

    private static List<Integer> neighbors(NeighborGraph graph, int point) {
        return IntStream.range(0, graph.neighbors())
                .mapToObj(rank -> graph.neighbor(point, rank))
                .toList();
    }
}
