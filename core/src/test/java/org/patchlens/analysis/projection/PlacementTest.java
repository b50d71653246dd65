package org.patchlens.analysis.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.analysis.projection.tsne.Tsne;
import org.patchlens.analysis.projection.tsne.TsnePlacement;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.analysis.projection.umap.Umap;
import org.patchlens.analysis.projection.umap.UmapPlacement;
import org.patchlens.analysis.projection.umap.UmapSettings;
import org.patchlens.neighbor.CrossNeighbors;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.TaskPool;

/// New points in a map whose own points stay: 400 of 500 rows in ten clusters make the map, the other 100 are new.
class PlacementTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final FloatMatrix ROWS =
            Golden.matrix(Golden.json(Tsne.class, "tsne.json").get("rows"));
    private static final FloatMatrix KNOWN = ROWS.rows(0, 400);
    private static final FloatMatrix ADDED = ROWS.rows(400, 500);
    private static final UmapSettings UMAP = UmapSettings.defaults(2);

    /// How a map is made, and new points placed.
    enum Way {
        TSNE {
            @Override
            FloatMatrix map(int axes) {
                NeighborGraph graph = ExactNeighbors.of(KNOWN, 90, Metric.EUCLIDEAN, POOL);
                return Tsne.of(graph, KNOWN, TsneSettings.defaults(axes), Layouts.NONE, POOL)
                        .positions();
            }

            @Override
            FloatMatrix place(FloatMatrix map, FloatMatrix added, TaskPool pool) {
                return TsnePlacement.of(map, CrossNeighbors.of(added, KNOWN, 30, Metric.EUCLIDEAN, pool), 30, pool);
            }
        },
        UMAP {
            @Override
            FloatMatrix map(int axes) {
                NeighborGraph graph = ExactNeighbors.of(KNOWN, 14, Metric.EUCLIDEAN, POOL);
                return Umap.of(graph, KNOWN, UmapSettings.defaults(axes), Layouts.NONE, POOL)
                        .positions();
            }

            @Override
            FloatMatrix place(FloatMatrix map, FloatMatrix added, TaskPool pool) {
                return UmapPlacement.of(
                        map, CrossNeighbors.of(added, KNOWN, 15, Metric.EUCLIDEAN, pool), PlacementTest.UMAP, pool);
            }
        };

        abstract FloatMatrix map(int axes);

        abstract FloatMatrix place(FloatMatrix map, FloatMatrix added, TaskPool pool);
    }

    @ParameterizedTest
    @CsvSource({"TSNE, 2", "TSNE, 3", "UMAP, 2", "UMAP, 3"})
    void newPointsLandAmongTheirOwnKind(Way way, int axes) {
        FloatMatrix map = way.map(axes);
        FloatMatrix placed = way.place(map, ADDED, POOL);
        NeighborGraph nearest = CrossNeighbors.of(placed, map, 5, Metric.EUCLIDEAN, POOL);
        int own = 0;
        for (int i = 0; i < 100; i++) {
            for (int rank = 0; rank < 5; rank++) {
                own += nearest.neighbor(i, rank) % 10 == i % 10 ? 1 : 0;
            }
        }
        assertThat(own).isGreaterThan(475);
    }

    /// A point that is in the map already has itself for its nearest neighbour, and lands among the 20 points that
    /// are nearest to its place: a twentieth of the map.
    @ParameterizedTest
    @EnumSource
    void knownPointsLandNearTheirPlaces(Way way) {
        FloatMatrix map = way.map(2);
        FloatMatrix placed = way.place(map, KNOWN, POOL);
        NeighborGraph nearest = CrossNeighbors.of(placed, map, 20, Metric.EUCLIDEAN, POOL);
        int found = 0;
        for (int i = 0; i < 400; i++) {
            for (int rank = 0; rank < 20; rank++) {
                found += nearest.neighbor(i, rank) == i ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(340);
    }

    @ParameterizedTest
    @EnumSource
    void otherNewPointsAndThreadsMakeNoDifference(Way way) {
        FloatMatrix map = way.map(2);
        FloatMatrix placed = way.place(map, ADDED, POOL);
        assertThat(way.place(map, ADDED.rows(0, 30), POOL)).isEqualTo(placed.rows(0, 30));
        for (int threads : new int[] {1, 8}) {
            try (TaskPool pool = new TaskPool(threads)) {
                assertThat(way.place(map, ADDED, pool)).isEqualTo(placed);
            }
        }
    }

    /// What is far from everything still gets a finite place.
    @ParameterizedTest
    @EnumSource
    void aStrangerGetsAPlace(Way way) {
        FloatMatrix stranger = FloatMatrix.zeros(1, 8);
        stranger.fill(1e4f);
        FloatMatrix placed = way.place(way.map(2), stranger, POOL);
        assertThat(Float.isFinite(placed.get(0, 0) + placed.get(0, 1))).isTrue();
    }

    /// The oracle is the exact search over both sets together.
    @Test
    void neighborsAcrossSetsAreThoseOfTheExactSearch() {
        NeighborGraph across = CrossNeighbors.of(ADDED, KNOWN, 12, Metric.COSINE, POOL);
        NeighborGraph all = ExactNeighbors.of(ROWS, 499, Metric.COSINE, POOL);
        for (int i = 0; i < 100; i++) {
            int rank = 0;
            for (int other = 0; rank < 12; other++) {
                if (all.neighbor(400 + i, other) < 400) {
                    assertThat(across.neighbor(i, rank)).isEqualTo(all.neighbor(400 + i, other));
                    assertThat(across.distance(i, rank)).isEqualTo(all.distance(400 + i, other));
                    rank++;
                }
            }
        }
    }
}
