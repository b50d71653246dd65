package org.patchlens.cluster.hdbscan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.cluster.AdjustedRand;
import org.patchlens.cluster.ClusterGolden;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class HdbscanTest {
    /// scikit-learn is the oracle (tools/reference/clusters.py). Its tree may differ where edges have equal
    /// lengths, which moves a few points at the rim of a cluster.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void labelsAndProbabilitiesAreThoseOfScikitLearn(int setting) {
        JsonNode golden = ClusterGolden.JSON.get("hdbscan").get(setting);
        HdbscanSettings settings = new HdbscanSettings(
                golden.get("minClusterSize").intValue(),
                golden.get("minSamples").intValue(),
                golden.get("selection").stringValue().equals("eom")
                        ? GroupSelection.EXCESS_OF_MASS
                        : GroupSelection.LEAF);
        int[] theirs = ClusterGolden.integers(golden.get("labels"));
        Hdbscan ours = of(ClusterGolden.ROWS, settings, 2);
        assertThat(ours.clusters()).isEqualTo(Arrays.stream(theirs).max().orElseThrow() + 1);
        assertThat(AdjustedRand.of(ours.labels(), theirs)).isGreaterThanOrEqualTo(0.99);
        double off = 0;
        for (int i = 0; i < theirs.length; i++) {
            off += Math.abs(
                    ours.probabilities()[i] - golden.get("probabilities").get(i).doubleValue());
        }
        assertThat(off / theirs.length).isLessThan(0.01);
    }

    /// Prim's algorithm over all pairs is the slow twin: all spanning trees of the smallest sum have the same
    /// lengths. A graph of few neighbours leaves most of the work to the search outside.
    @ParameterizedTest
    @CsvSource({"460, 4, 5, 15", "460, 4, 3, 2", "900, 12, 8, 15", "900, 12, 2, 1", "700, 3, 1, 4"})
    void theSpanningTreeIsTheShortest(int n, int dimensions, int minSamples, int neighbors) {
        FloatMatrix rows = n == 460 ? ClusterGolden.ROWS : RandomMatrix.normal(n, dimensions, 7);
        try (TaskPool pool = new TaskPool(2)) {
            NeighborGraph graph = ExactNeighbors.of(rows, neighbors, Metric.EUCLIDEAN, pool);
            ReachablePoints points = new ReachablePoints(rows, graph, minSamples);
            SpanningTree tree = SpanningTree.of(points, pool);
            float[] lengths = new float[tree.size()];
            DisjointSets sets = new DisjointSets(n);
            for (int edge = 0; edge < lengths.length; edge++) {
                lengths[edge] = tree.length(edge);
                assertThat(sets.merge(tree.from(edge), tree.to(edge))).isTrue();
                assertThat(tree.length(edge)).isEqualTo(points.between(tree.from(edge), tree.to(edge)));
            }
            assertThat(lengths).hasSize(n - 1);
            assertThat(tree.isExact()).isTrue();
            Arrays.sort(lengths);
            float[] expected = prim(points);
            for (int edge = 0; edge < lengths.length; edge++) {
                assertThat(lengths[edge]).isCloseTo(expected[edge], within(1e-5f));
            }
        }
    }

    @Test
    void groupsOfAnyShapeAreFoundAndPointsBetweenThemAreNoise() {
        FloatMatrix rows = RandomMatrix.normal(620, 2, 2);
        for (int i = 0; i < 600; i++) {
            double angle = i % 300 / 300.0 * 2 * Math.PI;
            float radius = i < 300 ? 4 : 12;
            rows.set(i, 0, (float) (radius * Math.cos(angle) + 0.1 * rows.get(i, 0)));
            rows.set(i, 1, (float) (radius * Math.sin(angle) + 0.1 * rows.get(i, 1)));
        }
        for (int i = 600; i < 620; i++) {
            rows.set(i, 0, 40 * rows.get(i, 0));
            rows.set(i, 1, 40 * rows.get(i, 1));
        }
        Hdbscan found = of(rows, new HdbscanSettings(30, 5, GroupSelection.EXCESS_OF_MASS), 2);
        assertThat(found.clusters()).isEqualTo(2);
        int[] labels = found.labels();
        assertThat(Arrays.stream(labels, 0, 300).distinct()).hasSize(1);
        assertThat(Arrays.stream(labels, 300, 600).distinct()).hasSize(1);
        assertThat(Arrays.stream(labels, 600, 620).filter(label -> label == Hdbscan.NOISE))
                .hasSizeGreaterThan(15);
        for (int i = 600; i < 620; i++) {
            assertThat(found.probabilities()[i]).isBetween(0.0, labels[i] == Hdbscan.NOISE ? 0.0 : 1.0);
        }
    }

    @Test
    void pointsAtTheSamePlaceAreNoTrouble() {
        FloatMatrix rows = FloatMatrix.zeros(60, 3);
        for (int i = 30; i < 60; i++) {
            rows.set(i, 1, 5);
        }
        Hdbscan two = of(rows, new HdbscanSettings(10, 5, GroupSelection.EXCESS_OF_MASS), 2);
        assertThat(two.clusters()).isEqualTo(2);
        assertThat(two.probabilities()).containsOnly(1);
        assertThat(of(FloatMatrix.zeros(60, 3), new HdbscanSettings(10, 5, GroupSelection.LEAF), 2)
                        .clusters())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(3000, 6, 4);
        HdbscanSettings settings = new HdbscanSettings(12, 4, GroupSelection.LEAF);
        Hdbscan one = of(rows, settings, 1);
        Hdbscan many = of(rows, settings, threads);
        assertThat(many.labels()).isEqualTo(one.labels());
        assertThat(many.probabilities()).isEqualTo(one.probabilities());
        assertThat(one.clusters()).isPositive();
    }

    private static float[] prim(ReachablePoints points) {
        int n = points.size();
        float[] nearest = new float[n];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        boolean[] inside = new boolean[n];
        float[] lengths = new float[n - 1];
        int last = 0;
        for (int edge = 0; edge < n - 1; edge++) {
            inside[last] = true;
            int next = -1;
            for (int i = 0; i < n; i++) {
                if (!inside[i]) {
                    nearest[i] = Math.min(nearest[i], points.between(last, i));
                    next = next < 0 || nearest[i] < nearest[next] ? i : next;
                }
            }
            lengths[edge] = nearest[next];
            last = next;
        }
        Arrays.sort(lengths);
        return lengths;
    }

    private static Hdbscan of(FloatMatrix rows, HdbscanSettings settings, int threads) {
        try (TaskPool pool = new TaskPool(threads)) {
            NeighborGraph graph = ExactNeighbors.of(rows, settings.neighbors(), Metric.EUCLIDEAN, pool);
            return Hdbscan.of(rows, graph, settings, pool);
        }
    }
}
