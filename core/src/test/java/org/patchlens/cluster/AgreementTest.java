package org.patchlens.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// The oracle is scikit-learn (tools/reference/clusters.py). Both compute in double precision from the same
/// floats.
class AgreementTest {
    private static final int[] FIVE = ClusterGolden.integers(ClusterGolden.JSON.get("five"));
    private static final int[] EIGHT = ClusterGolden.integers(ClusterGolden.JSON.get("eight"));

    @Test
    void theAdjustedRandIndexIsThatOfScikitLearn() {
        double expected = ClusterGolden.JSON.get("adjustedRand").doubleValue();
        assertThat(AdjustedRand.of(FIVE, EIGHT)).isEqualTo(expected, within(1e-12));
        assertThat(AdjustedRand.of(EIGHT, FIVE)).isEqualTo(expected, within(1e-12));
    }

    @Test
    void equalGroupingsAgreeWhateverTheirNumbers() {
        int[] renamed = FIVE.clone();
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = 100 - 7 * renamed[i];
        }
        assertThat(AdjustedRand.of(FIVE, renamed)).isEqualTo(1);
        assertThat(AdjustedRand.of(new int[10], new int[10])).isEqualTo(1);
        assertThat(AdjustedRand.of(new int[FIVE.length], FIVE)).isZero();
    }

    /// scikit-learn's rows are doubles, ours the floats nearest to them: a relative error below 2^-24 each.
    @Test
    void theSilhouetteIsThatOfScikitLearn() {
        try (TaskPool pool = new TaskPool(2)) {
            Silhouette silhouette = Silhouette.of(ClusterGolden.ROWS, FIVE, 5, new Seed(1), pool);
            assertThat(silhouette.points()).isEqualTo(460);
            assertThat(silhouette.mean())
                    .isEqualTo(ClusterGolden.JSON.get("silhouette").doubleValue(), within(1e-6));
            assertThat(Golden.distance(silhouette.means(), Golden.row(ClusterGolden.JSON.get("silhouettes"))))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void noiseIsNotCountedAndOneClusterHasNoSilhouette() {
        int[] labels = FIVE.clone();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labels[i] == 2 ? -1 : 0;
        }
        try (TaskPool pool = new TaskPool(2)) {
            Silhouette silhouette = Silhouette.of(ClusterGolden.ROWS, labels, 1, new Seed(1), pool);
            assertThat(silhouette.points()).isLessThan(460);
            assertThat(silhouette.mean()).isNaN();
        }
    }
}
