package org.patchlens.analysis.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

class FuzzyGraphTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final JsonNode GOLDEN = Golden.json(FuzzyGraphTest.class, "umap.json");

    /// The oracle is umap-learn (tools/reference/umap_graph.py), which stops its search for the width when the sum
    /// of the memberships is right to 1e-5 and computes in single precision: a membership is right to a few 1e-5.
    @Test
    void theMembershipsAreThoseOfUmapLearn() {
        FloatMatrix rows = Golden.matrix(GOLDEN.get("rows"));
        SymmetricWeights weights = FuzzyGraph.of(ExactNeighbors.of(rows, 9, Metric.EUCLIDEAN, POOL), POOL);
        Map<Integer, Float> found = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            for (int e = weights.starts()[i]; e < weights.starts()[i + 1]; e++) {
                found.put(i * 300 + weights.columns()[e], weights.values()[e]);
            }
        }
        for (JsonNode element : GOLDEN.get("graph")) {
            int i = element.get(0).intValue();
            int j = element.get(1).intValue();
            float expected = element.get(2).floatValue();
            assertThat(found.remove(i * 300 + j)).isCloseTo(expected, within(1e-4f));
            assertThat(found.remove(j * 300 + i)).isCloseTo(expected, within(1e-4f));
        }
        // umap-learn drops what has underflown
        assertThat(found.values()).allMatch(weight -> weight < 1e-6f);
    }

    @Test
    void equalPointsAreNeighborsAltogether() {
        SymmetricWeights weights =
                FuzzyGraph.of(ExactNeighbors.of(FloatMatrix.zeros(20, 3), 5, Metric.EUCLIDEAN, POOL), POOL);
        for (float weight : weights.values()) {
            assertThat(weight).isEqualTo(1);
        }
    }

    /// The oracle is the least-squares fit of SciPy as umap-learn calls it, which stops at a relative change of
    /// 1e-8 of the sum of squares, and so about 1e-4 away from the minimum.
    @Test
    void theCurvesAreThoseOfUmapLearn() {
        for (JsonNode curve : GOLDEN.get("curves")) {
            Curve found = Curve.of(curve.get(0).doubleValue(), 1);
            assertThat(found.a() / curve.get(1).doubleValue()).isEqualTo(1, within(1e-3));
            assertThat(found.b() / curve.get(2).doubleValue()).isEqualTo(1, within(1e-3));
        }
    }

    /// The forces are the slopes of the logarithms of the curve, as finite differences find them.
    @Test
    void theForcesAreTheSlopesOfTheCurve() {
        Curve curve = Curve.of(0.1, 1);
        for (double distance : new double[] {0.05, 0.3, 1, 3, 20}) {
            double step = 1e-5 * distance;
            double above = curve.at(distance + step);
            double below = curve.at(distance - step);
            double pull = (Math.log(below) - Math.log(above)) / (2 * step);
            double push = (Math.log(1 - above) - Math.log(1 - below)) / (2 * step);
            double square = distance * distance;
            assertThat(curve.pull(square) * distance / pull).isEqualTo(1, within(1e-6));
            // the small number that keeps the push finite
            assertThat(curve.push(square) * distance / push).isEqualTo(square / (0.001 + square), within(1e-6));
        }
    }

    @Test
    void noPullIsLongerThanTheLongestStep() {
        for (double minDistance = 0; minDistance <= 1; minDistance += 0.05) {
            Curve curve = Curve.of(minDistance, 1);
            for (double distance = 1e-6; distance < 100; distance *= 1.1) {
                assertThat(curve.pull(distance * distance) * distance).isLessThan(4);
            }
        }
    }
}
