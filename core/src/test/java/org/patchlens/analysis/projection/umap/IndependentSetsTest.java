package org.patchlens.analysis.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

class IndependentSetsTest {
    private static final TaskPool POOL = new TaskPool(2);

    /// With 60 neighbours there are more sets than to begin with.
    @ParameterizedTest
    @CsvSource({"700, 14", "700, 60", "20, 19"})
    void noTwoNeighborsAreInASet(int points, int neighbors) {
        SymmetricWeights weights = weights(points, neighbors);
        IndependentSets sets = IndependentSets.of(weights);
        int[] setOf = new int[points];
        for (int set = 0; set < sets.count(); set++) {
            assertThat(sets.starts()[set] % 16).isZero();
            for (int place = sets.starts()[set]; place < sets.starts()[set + 1]; place++) {
                if (sets.points()[place] >= 0) {
                    setOf[sets.points()[place]] = set;
                }
            }
        }
        for (int i = 0; i < points; i++) {
            for (int e = weights.starts()[i]; e < weights.starts()[i + 1]; e++) {
                assertThat(setOf[weights.columns()[e]]).isNotEqualTo(setOf[i]);
            }
        }
    }

    @Test
    void everyPointStandsAtOnePlace() {
        IndependentSets sets = IndependentSets.of(weights(700, 14));
        int[] places = sets.places(700);
        assertThat(Arrays.stream(places).distinct()).hasSize(700);
        for (int i = 0; i < 700; i++) {
            assertThat(sets.points()[places[i]]).isEqualTo(i);
        }
        assertThat(Arrays.stream(sets.points()).filter(point -> point >= 0)).hasSize(700);
    }

    private static SymmetricWeights weights(int points, int neighbors) {
        FloatMatrix rows = FloatMatrix.zeros(points, 4);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, (float) new Seed(i).task(j).generator().nextGaussian());
            }
        }
        return FuzzyGraph.of(ExactNeighbors.of(rows, neighbors, Metric.EUCLIDEAN, POOL), POOL);
    }
}
