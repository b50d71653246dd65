package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

class ProximityGraphTest {
    private static final int POINTS = 3000;

    /// Forty groups of points in 20 dimensions, at length 1.
    private static StoredRows clustered() {
        FloatMatrix centers = RandomMatrix.normal(40, 20, 1);
        FloatMatrix rows = RandomMatrix.normal(POINTS, 20, 2);
        for (int row = 0; row < POINTS; row++) {
            for (int i = 0; i < 20; i++) {
                rows.set(row, i, 0.4f * rows.get(row, i) + centers.get(row % 40, i));
            }
            float norm = Kernels.norm(rows, row);
            for (int i = 0; i < 20; i++) {
                rows.set(row, i, rows.get(row, i) / norm);
            }
        }
        StoredRows halves = StoredRows.ofHalves(POINTS, 20);
        halves.write(0, rows);
        return halves;
    }

    private static ProximityGraph graph(StoredRows rows, int threads) {
        try (TaskPool pool = new TaskPool(threads)) {
            return ProximityGraphBuilder.of(rows, new Seed(3), pool, done -> {});
        }
    }

    @Test
    void aWideBeamFindsNearlyAllAndANarrowOneFewer() {
        StoredRows rows = clustered();
        ProximityGraph graph = graph(rows, 2);
        assertThat(recall(rows, graph, 100)).isGreaterThan(0.99);
        assertThat(recall(rows, graph, 10)).isBetween(0.5, recall(rows, graph, 100));
    }

    /// Of the ten nearest of 100 points, how many a search sees.
    private static double recall(StoredRows rows, ProximityGraph graph, int width) {
        BeamSearch search = new BeamSearch(graph, rows, SignCodes.of(rows));
        int found = 0;
        for (int query = 0; query < 100; query++) {
            float[] vector = rows.rows(query, query + 1).toArray();
            float[] products = new float[POINTS];
            rows.products(vector, products, 0);
            List<Integer> nearest = IntStream.range(0, POINTS)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -products[i]))
                    .limit(10)
                    .toList();
            search.run(graph.start(), ScanVector.of(vector), width);
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < search.seenCount(); i++) {
                seen.add(search.seen(i));
                assertThat(search.seenProduct(i)).isEqualTo(products[search.seen(i)]);
            }
            assertThat(seen).hasSize(search.seenCount());
            assertThat(Arrays.stream(search.ranked(point -> point % 2 == 0)).boxed())
                    .containsExactlyElementsOf(seen.stream()
                            .filter(point -> point % 2 == 0)
                            .sorted(Comparator.comparingDouble((Integer i) -> -products[i])
                                    .thenComparingInt(i -> i))
                            .toList());
            found += (int) nearest.stream().filter(seen::contains).count();
        }
        return found / 1000.0;
    }

    @Test
    void theNumberOfThreadsChangesNoEdge() {
        StoredRows rows = clustered();
        ProximityGraph graph = graph(rows, 1);
        assertThat(graph(rows, 2)).isEqualTo(graph);
        assertThat(graph(rows, 8)).isEqualTo(graph);
    }

    /// A beam as wide as the graph visits every point that the start leads to.
    @Test
    void everyPointIsReachedAlsoWhereManyAreTheSame() {
        StoredRows rows = StoredRows.ofHalves(500, 4);
        FloatMatrix repeated = FloatMatrix.zeros(500, 4);
        for (int row = 0; row < 500; row++) {
            repeated.set(row, row % 5 == 0 ? 0 : row % 4, 1);
        }
        rows.write(0, repeated);
        ProximityGraph graph = graph(rows, 2);
        BeamSearch search = new BeamSearch(graph, rows, SignCodes.of(rows));
        search.run(graph.start(), ScanVector.of(new float[] {1, 0, 0, 0}), 500);
        assertThat(search.seenCount()).isEqualTo(500);
    }

    @Test
    void oneOrTwoPointsAreAGraphToo() {
        for (int points : new int[] {1, 2}) {
            StoredRows rows = StoredRows.ofHalves(points, 3);
            ProximityGraph graph = graph(rows, 2);
            BeamSearch search = new BeamSearch(graph, rows, SignCodes.of(rows));
            search.run(graph.start(), ScanVector.of(new float[3]), 5);
            assertThat(search.seenCount()).isEqualTo(points);
        }
    }

    @Test
    void edgesThatLeadNowhereAreNoticed() {
        assertThat(new ProximityGraph(2, 1, 0, new int[] {1, -1}).isSound()).isTrue();
        assertThat(new ProximityGraph(2, 1, 0, new int[] {2, -1}).isSound()).isFalse();
        assertThat(new ProximityGraph(2, 1, 0, new int[] {1, -2}).isSound()).isFalse();
        assertThatThrownBy(() -> new ProximityGraph(2, 1, 2, new int[] {1, -1}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
