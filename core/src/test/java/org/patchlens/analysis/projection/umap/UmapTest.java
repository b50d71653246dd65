package org.patchlens.analysis.projection.umap;

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
import org.patchlens.analysis.projection.MapQuality;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class UmapTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final JsonNode GOLDEN = Golden.json(UmapTest.class, "umap.json");
    private static final FloatMatrix ROWS = Golden.matrix(GOLDEN.get("rows"));
    private static final NeighborGraph GRAPH = ExactNeighbors.of(ROWS, 30, Metric.EUCLIDEAN, POOL);

    /// The oracle is the mean of three maps by umap-learn (tools/reference/umap_graph.py); its own maps of these
    /// rows differ by up to 0.002 and 0.014 from seed to seed, so that a mean of few maps is right to 0.005.
    @Test
    void neighborhoodsAreKeptNoWorseThanByUmapLearn() {
        double trustworthiness = 0;
        double kept = 0;
        for (int seed = 0; seed < 8; seed++) {
            MapQuality quality = quality(map(new UmapSettings(2, 15, 0.1, 0, seed), POOL));
            trustworthiness += quality.trustworthiness() / 8;
            kept += quality.neighborsKept() / 8;
        }
        assertThat(trustworthiness).isGreaterThan(GOLDEN.get("trustworthiness").doubleValue() - 0.005);
        assertThat(kept).isGreaterThan(GOLDEN.get("neighborsKept").doubleValue() - 0.005);
    }

    private static MapQuality quality(Umap map) {
        return MapQuality.of(ROWS, map.positions(), new Seed(1), POOL);
    }

    /// Bad before, good after: the start is a plane through the points, in which the clusters overlap.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void neighborhoodsAppear(int axes) {
        Umap before = map(UmapSettings.defaults(axes).withEpochs(1), POOL);
        Umap after = map(UmapSettings.defaults(axes), POOL);
        assertThat(quality(after).neighborsKept()).isGreaterThan(quality(before).neighborsKept() + 0.1);
        assertThat(after.epochs()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 8", "3, 2", "3, 8"})
    void theSameBytesForAnyNumberOfThreads(int axes, int threads) {
        // more points than a task holds
        FloatMatrix rows = FloatMatrix.zeros(6000, 8);
        for (int i = 0; i < 6000; i++) {
            for (int j = 0; j < 8; j++) {
                rows.set(
                        i,
                        j,
                        ROWS.get(i % 300, j)
                                + (float) new Seed(i).task(j).generator().nextGaussian());
            }
        }
        UmapSettings settings = UmapSettings.defaults(axes).withEpochs(20);
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            NeighborGraph graph = ExactNeighbors.of(rows, 14, Metric.EUCLIDEAN, many);
            assertThat(Umap.of(graph, rows, settings, Layouts.NONE, many))
                    .isEqualTo(Umap.of(graph, rows, settings, Layouts.NONE, one));
        }
    }

    @Test
    void anotherSeedIsAnotherMap() {
        UmapSettings settings = UmapSettings.defaults(2).withEpochs(20);
        assertThat(map(settings, POOL)).isEqualTo(map(settings, POOL));
        assertThat(map(settings, POOL)).isNotEqualTo(map(new UmapSettings(2, 15, 0.1, 20, 2), POOL));
    }

    @Test
    void pointsComeNearerToEachOtherWithASmallerDistance() {
        double tight = meanNearestDistance(map(UmapSettings.defaults(2).withMinDistance(0), POOL));
        double loose = meanNearestDistance(map(UmapSettings.defaults(2).withMinDistance(0.8), POOL));
        assertThat(loose).isGreaterThan(3 * tight);
    }

    private static double meanNearestDistance(Umap map) {
        // the last ten rows are equal to the first ten, and so are their places, nearly
        NeighborGraph inMap = ExactNeighbors.of(map.positions(), 3, Metric.EUCLIDEAN, POOL);
        double sum = 0;
        for (int i = 0; i < inMap.points(); i++) {
            sum += inMap.distance(i, 2);
        }
        return sum / inMap.points();
    }

    /// Three parts without a connection: nothing hangs, nothing is lost, and nobody leaves his own part.
    @Test
    void partsWithoutAConnectionStayApart() {
        FloatMatrix rows = FloatMatrix.zeros(90, 4);
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, (float) new Seed(i).task(j).generator().nextGaussian() + (j == i % 3 ? 1000 : 0));
            }
        }
        NeighborGraph graph = ExactNeighbors.of(rows, 14, Metric.EUCLIDEAN, POOL);
        Umap map = Umap.of(graph, rows, UmapSettings.defaults(2), Layouts.NONE, POOL);
        NeighborGraph inMap = ExactNeighbors.of(map.positions(), 10, Metric.EUCLIDEAN, POOL);
        for (int i = 0; i < 90; i++) {
            for (int rank = 0; rank < 10; rank++) {
                assertThat(inMap.neighbor(i, rank) % 3).isEqualTo(i % 3);
            }
        }
    }

    @Test
    void equalPointsGiveAMapOfFiniteNumbers() {
        FloatMatrix rows = FloatMatrix.zeros(60, 4);
        NeighborGraph graph = ExactNeighbors.of(rows, 14, Metric.EUCLIDEAN, POOL);
        Umap map = Umap.of(graph, rows, UmapSettings.defaults(2), Layouts.NONE, POOL);
        for (int i = 0; i < 60; i++) {
            assertThat(Float.isFinite(
                            map.positions().get(i, 0) + map.positions().get(i, 1)))
                    .isTrue();
        }
        assertThat(map.crossEntropy()).isFinite();
    }

    @Test
    void whoWatchesSeesTheMapGrowAndMayStopIt() {
        List<Integer> seen = new ArrayList<>();
        Layouts layouts = (done, total, map) -> {
            seen.add(done);
            assertThat(total).isEqualTo(500);
            assertThat(map.get().rows()).isEqualTo(300);
            if (done == 3) {
                throw PatchlensException.interrupted("map", "stopped", "");
            }
        };
        assertThatThrownBy(() -> Umap.of(GRAPH, ROWS, UmapSettings.defaults(2), layouts, POOL))
                .isInstanceOf(PatchlensException.class);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void tooFewPointsAreRefusedInOneSentence() {
        assertThatThrownBy(() -> ofTheFirst(9, 5)).hasMessage("[UMAP] there are 9 points; a map needs at least 10.");
        assertThatThrownBy(() -> ofTheFirst(12, 15))
                .hasMessage("[n-neighbors 15] there are only 12 points, and a point counts as its own neighbour. Give"
                        + " at most 12.");
        assertThat(ofTheFirst(10, 10).positions().rows()).isEqualTo(10);
    }

    private static Umap ofTheFirst(int points, int neighbors) {
        FloatMatrix rows = ROWS.rows(0, points);
        UmapSettings settings = UmapSettings.defaults(2).withNeighbors(neighbors);
        settings.check(points);
        NeighborGraph graph = ExactNeighbors.of(rows, neighbors - 1, Metric.EUCLIDEAN, POOL);
        return Umap.of(graph, rows, settings, Layouts.NONE, POOL);
    }

    /// The definition, over one point of a small map, in the words of the paper.
    @Test
    void theCrossEntropyIsThatOfTheDefinition() {
        Curve curve = new Curve(1, 1);
        NeighborGraph graph = ExactNeighbors.of(FloatMatrix.of(3, 1, 0, 1, 3), 1, Metric.EUCLIDEAN, POOL);
        FloatMatrix map = FloatMatrix.of(3, 2, 0, 0, 1, 0, 0, 2);
        CrossEntropy cost = new CrossEntropy(FuzzyGraph.of(graph, POOL), curve, map);
        // 0 and 1 are neighbours altogether, at a distance of 1; 0 and 2 are not, at a distance of 2
        assertThat(cost.of(0)).isEqualTo(Math.log(1 / 0.5) + Math.log(1 / 0.8), within(1e-9));
    }

    private static Umap map(UmapSettings settings, TaskPool pool) {
        return Umap.of(GRAPH, ROWS, settings, Layouts.NONE, pool);
    }
}
