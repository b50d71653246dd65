package org.patchlens.analysis.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.projection.Layouts;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class TsneTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final JsonNode GOLDEN = Golden.json(TsneTest.class, "tsne.json");
    private static final FloatMatrix ROWS = Golden.matrix(GOLDEN.get("rows"));
    private static final NeighborGraph GRAPH = ExactNeighbors.of(ROWS, 90, Metric.EUCLIDEAN, POOL);

    /// The oracle is openTSNE at the same perplexity and number of iterations (tools/reference/tsne.py); its own
    /// maps of these rows differ by 0.02 from seed to seed.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theDivergenceIsNoWorseThanThatOfOpenTsne(int axes) {
        Tsne map = map(TsneSettings.defaults(axes), POOL);
        assertThat(map.divergence())
                .isLessThan(GOLDEN.get("divergences").get(String.valueOf(axes)).doubleValue() + 0.02);
        assertThat(map.divergence()).isEqualTo(exactDivergence(map.positions()), within(0.01));
    }

    /// Bad before, good after: at the start all points are in one place, at the end they are beside their own
    /// cluster.
    @Test
    void neighborsBecomeNeighbors() {
        Tsne before = map(TsneSettings.defaults(2).withIterations(0, 0), POOL);
        Tsne after = map(TsneSettings.defaults(2), POOL);
        assertThat(before.divergence()).isGreaterThan(2 * after.divergence());
        NeighborGraph inMap = ExactNeighbors.of(after.positions(), 10, Metric.EUCLIDEAN, POOL);
        int own = 0;
        for (int i = 0; i < 500; i++) {
            for (int rank = 0; rank < 10; rank++) {
                own += inMap.neighbor(i, rank) % 10 == i % 10 ? 1 : 0;
            }
        }
        assertThat(own).isGreaterThan(4800);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 8", "3, 2", "3, 8"})
    void theSameBytesForAnyNumberOfThreads(int axes, int threads) {
        TsneSettings settings = TsneSettings.defaults(axes).withIterations(30, 20);
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            assertThat(map(settings, many)).isEqualTo(map(settings, one));
        }
    }

    /// The gradient is that of the divergence, of which the descent leaves out the factor 4. Differences of the
    /// exact divergence over 0.01 are right to 1e-4; the forces' own error at this scale is a few in a hundred.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theGradientIsThatOfFiniteDifferences(int axes) {
        JointProbabilities joint = JointProbabilities.of(GRAPH, 30, POOL);
        float[] positions = RandomMatrix.normal(1, 500 * axes, 3).rowToArray(0);
        float[] gradient = new float[positions.length];
        new Descent(joint, positions.clone(), axes, POOL).gradient(gradient);
        double error = 0;
        double square = 0;
        for (int i = 0; i < positions.length; i += 97) {
            float place = positions[i];
            positions[i] = place + 0.01f;
            double above = exactDivergence(FloatMatrix.of(500, axes, positions));
            positions[i] = place - 0.01f;
            double below = exactDivergence(FloatMatrix.of(500, axes, positions));
            positions[i] = place;
            double expected = (above - below) / 0.02 / 4;
            error += Math.pow(expected - gradient[i], 2);
            square += expected * expected;
        }
        assertThat(Math.sqrt(error / square)).isLessThan(0.03);
    }

    @Test
    void whoWatchesSeesTheMapGrowAndMayStopIt() {
        List<Integer> seen = new ArrayList<>();
        Layouts layouts = (done, total, map) -> {
            seen.add(done);
            assertThat(total).isEqualTo(750);
            assertThat(map.get().rows()).isEqualTo(500);
            if (done == 3) {
                throw PatchlensException.interrupted("map", "stopped", "");
            }
        };
        assertThatThrownBy(() -> Tsne.of(GRAPH, ROWS, TsneSettings.defaults(2), layouts, POOL))
                .isInstanceOf(PatchlensException.class);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void equalPointsLieTogetherAndNothingIsLost() {
        FloatMatrix rows = FloatMatrix.zeros(100, 8);
        for (int i = 0; i < 100; i++) {
            rows.row(i).copyFrom(ROWS.row(i % 20));
        }
        NeighborGraph graph = ExactNeighbors.of(rows, 15, Metric.EUCLIDEAN, POOL);
        TsneSettings settings = TsneSettings.defaults(2).withPerplexity(5);
        Tsne map = Tsne.of(graph, rows, settings, Layouts.NONE, POOL);
        for (int i = 0; i < 100; i++) {
            assertThat(Float.isFinite(
                            map.positions().get(i, 0) + map.positions().get(i, 1)))
                    .isTrue();
        }
        NeighborGraph inMap = ExactNeighbors.of(map.positions(), 4, Metric.EUCLIDEAN, POOL);
        int twins = 0;
        for (int i = 0; i < 100; i++) {
            for (int rank = 0; rank < 4; rank++) {
                twins += inMap.neighbor(i, rank) % 20 == i % 20 ? 1 : 0;
            }
        }
        assertThat(twins).isGreaterThan(380);
    }

    /// Points that do not differ have no neighbours to keep: the noise of the start spreads them out, and none is
    /// lost.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void constantRowsGiveAFiniteMap(int axes) {
        FloatMatrix rows = FloatMatrix.zeros(50, 8);
        rows.fill(3);
        NeighborGraph graph = ExactNeighbors.of(rows, 15, Metric.EUCLIDEAN, POOL);
        Tsne map = Tsne.of(
                graph, FloatMatrix.zeros(50, 2), TsneSettings.defaults(axes).withPerplexity(5), Layouts.NONE, POOL);
        assertThat(map.positions().rowToArray(0)).hasSize(axes);
        for (int i = 0; i < 50; i++) {
            for (float place : map.positions().rowToArray(i)) {
                assertThat(Math.abs(place)).isLessThan(1000);
            }
        }
        assertThat(map.divergence()).isNotNaN();
    }

    /// At openTSNE's smallest learning rate of 200 these maps do not settle: points are thrown about, and the
    /// divergence ends anywhere from below 0 to 4.
    @ParameterizedTest
    @CsvSource({"10, 3", "12, 3.6", "20, 6", "40, 12"})
    void fewPointsAreEnough(int points, double perplexity) {
        Tsne map = ofTheFirst(points, perplexity);
        assertThat(map.divergence()).isBetween(0.0, 0.4);
        assertThat(map.history().getLast()).isEqualTo(map.divergence(), within(0.05));
    }

    @Test
    void ninePointsAreTooFew() {
        assertThatThrownBy(() -> ofTheFirst(9, 1)).hasMessage("[t-SNE] there are 9 points; a map needs at least 10.");
    }

    @Test
    void aPerplexityThatThePointsCannotGiveIsRefused() {
        assertThatThrownBy(() -> ofTheFirst(20, 7))
                .hasMessage("[perplexity 7.0] each of 20 points has 19 others, and the perplexity may be a third of"
                        + " that. Give a perplexity of at most 6.");
    }

    private static Tsne ofTheFirst(int points, double perplexity) {
        FloatMatrix rows = ROWS.rows(0, points);
        NeighborGraph graph = ExactNeighbors.of(rows, points - 1, Metric.EUCLIDEAN, POOL);
        TsneSettings settings = TsneSettings.defaults(2).withPerplexity(perplexity);
        return Tsne.of(graph, rows, settings, Layouts.NONE, POOL);
    }

    private static Tsne map(TsneSettings settings, TaskPool pool) {
        return Tsne.of(GRAPH, ROWS, settings, Layouts.NONE, pool);
    }

    /// By the definition, over all pairs, in double precision.
    private static double exactDivergence(FloatMatrix map) {
        JointProbabilities joint = JointProbabilities.of(GRAPH, 30, POOL);
        double normalization = 0;
        double cross = 0;
        for (int i = 0; i < map.rows(); i++) {
            for (int j = 0; j < map.rows(); j++) {
                normalization += i == j ? 0 : 1 / (1 + squaredDistance(map, i, j));
            }
            for (int e = joint.starts()[i]; e < joint.starts()[i + 1]; e++) {
                cross += joint.values()[e] * Math.log(1 + squaredDistance(map, i, joint.columns()[e]));
            }
        }
        return joint.negativeEntropy() + cross + Math.log(normalization);
    }

    private static double squaredDistance(FloatMatrix map, int i, int j) {
        double square = 0;
        for (int axis = 0; axis < map.columns(); axis++) {
            double difference = (double) map.get(i, axis) - map.get(j, axis);
            square += difference * difference;
        }
        return square;
    }
}
