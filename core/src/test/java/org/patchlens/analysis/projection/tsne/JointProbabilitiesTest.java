package org.patchlens.analysis.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class JointProbabilitiesTest {
    private static final TaskPool POOL = new TaskPool(2);

    /// The oracle is openTSNE (tools/reference/tsne.py), which stops its search for the width at an entropy that
    /// is right to 1e-8; distances here are rounded to single precision, which changes a probability by less than
    /// 1e-5 of it.
    @Test
    void theProbabilitiesAreThoseOfOpenTsne() {
        JsonNode golden = Golden.json(JointProbabilitiesTest.class, "tsne.json");
        FloatMatrix rows = Golden.matrix(golden.get("rows")).rows(0, 60);
        Map<Integer, Float> found = elements(of(rows, 36, 12));
        assertThat(found).hasSize(golden.get("joint").size());
        for (JsonNode element : golden.get("joint")) {
            int at = element.get(0).intValue() * 60 + element.get(1).intValue();
            float p = found.getOrDefault(at, Float.NaN);
            assertThat(p / element.get(2).doubleValue()).isEqualTo(1, within(1e-4));
        }
    }

    @Test
    void theyAreSymmetricAndSumToOne() {
        Map<Integer, Float> found = elements(of(RandomMatrix.normal(60, 5, 2), 20, 6));
        double sum = 0;
        for (Map.Entry<Integer, Float> element : found.entrySet()) {
            int i = element.getKey() / 60;
            int j = element.getKey() % 60;
            assertThat(found).containsEntry(j * 60 + i, element.getValue());
            sum += element.getValue();
        }
        assertThat(sum).isEqualTo(1, within(1e-5));
    }

    @Test
    void equalPointsShareTheProbabilityEvenly() {
        Map<Integer, Float> found = elements(of(FloatMatrix.zeros(60, 3), 5, 3));
        assertThat(found.values().stream().mapToDouble(Float::doubleValue).sum())
                .isEqualTo(1, within(1e-5));
        assertThat(found.get(1)).isEqualTo(2 * 0.2f / 120, within(1e-7f));
    }

    @Test
    void aPerplexityThatCannotBeReachedGivesTheNearestThatCan() {
        double[] row = {1, 2, 3};
        Perplexity.calibrate(row, 100);
        assertThat(row).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-4));
    }

    @Test
    void theEntropyIsTheLogarithmOfThePerplexity() {
        for (double perplexity : new double[] {1.5, 5, 30}) {
            double[] row = new double[90];
            for (int i = 0; i < row.length; i++) {
                row[i] = 1e6 + Math.pow(i, 1.7);
            }
            Perplexity.calibrate(row, perplexity);
            double entropy = 0;
            for (double p : row) {
                entropy -= p > 0 ? p * Math.log(p) : 0;
            }
            assertThat(Math.exp(entropy)).isEqualTo(perplexity, within(1e-6));
        }
    }

    @Test
    void anotherOrderOfThePointsMovesTheProbabilitiesWithThem() {
        JointProbabilities joint = of(RandomMatrix.normal(60, 5, 2), 20, 6);
        int[] reversed = new int[60];
        for (int i = 0; i < 60; i++) {
            reversed[i] = 59 - i;
        }
        Map<Integer, Float> expected = elements(joint);
        Map<Integer, Float> moved = elements(joint.reordered(reversed, POOL));
        assertThat(moved).hasSameSizeAs(expected);
        moved.forEach((at, p) -> assertThat(expected).containsEntry((59 - at / 60) * 60 + 59 - at % 60, p));
    }

    private static JointProbabilities of(FloatMatrix rows, int neighbors, double perplexity) {
        NeighborGraph graph = ExactNeighbors.of(rows, neighbors, Metric.EUCLIDEAN, POOL);
        return JointProbabilities.of(graph, perplexity, POOL);
    }

    /// By row * 60 + column.
    private static Map<Integer, Float> elements(JointProbabilities joint) {
        Map<Integer, Float> elements = new HashMap<>();
        for (int i = 0; i < joint.points(); i++) {
            for (int e = joint.starts()[i]; e < joint.starts()[i + 1]; e++) {
                assertThat(elements.put(i * 60 + joint.columns()[e], joint.values()[e]))
                        .isNull();
            }
        }
        return elements;
    }
}
