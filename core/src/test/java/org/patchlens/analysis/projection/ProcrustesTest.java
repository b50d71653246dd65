package org.patchlens.analysis.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import tools.jackson.databind.JsonNode;

class ProcrustesTest {
    /// The oracle is SciPy (tools/reference/procrustes.py), in double precision; the places here are in single.
    @Test
    void theFitIsThatOfSciPy() {
        for (JsonNode sample :
                Golden.json(ProcrustesTest.class, "procrustes.json").get("samples")) {
            FloatMatrix onto = Golden.matrix(sample.get("onto"));
            Procrustes fit = Procrustes.of(Golden.matrix(sample.get("map")), onto);
            assertThat(fit.disparity()).isEqualTo(sample.get("disparity").doubleValue(), within(1e-6));
            FloatMatrix expected = Golden.matrix(sample.get("fitted"));
            for (int i = 0; i < onto.rows(); i++) {
                for (int axis = 0; axis < onto.columns(); axis++) {
                    assertThat(fit.fitted().get(i, axis)).isCloseTo(expected.get(i, axis), within(1e-5f));
                }
            }
        }
    }

    @Test
    void aMapThatWasMovedTurnedMirroredAndScaledComesBack() {
        FloatMatrix onto = RandomMatrix.normal(50, 2, 1);
        FloatMatrix map = FloatMatrix.zeros(50, 2);
        for (int i = 0; i < 50; i++) {
            map.set(i, 0, 7 - 3 * onto.get(i, 1));
            map.set(i, 1, -3 * onto.get(i, 0));
        }
        Procrustes fit = Procrustes.of(map, onto);
        assertThat(fit.disparity()).isLessThan(1e-12);
        for (int i = 0; i < 50; i++) {
            assertThat(fit.fitted().get(i, 0)).isCloseTo(onto.get(i, 0), within(1e-5f));
        }
    }

    /// A line in space turned onto another: two of the three directions are free.
    @Test
    void aLineIsTurnedOntoALine() {
        FloatMatrix map = FloatMatrix.zeros(5, 3);
        FloatMatrix onto = FloatMatrix.zeros(5, 3);
        for (int i = 0; i < 5; i++) {
            map.set(i, 0, i);
            onto.set(i, 1, 2 * i);
            onto.set(i, 2, -i);
        }
        assertThat(Procrustes.of(map, onto).disparity()).isLessThan(1e-12);
    }

    @Test
    void pointsInOnePlaceGoToTheCenter() {
        Procrustes fit = Procrustes.of(FloatMatrix.zeros(4, 2), FloatMatrix.of(4, 2, 0, 0, 2, 0, 2, 2, 0, 2));
        assertThat(fit.disparity()).isEqualTo(1);
        assertThat(fit.fitted()).isEqualTo(FloatMatrix.of(4, 2, 1, 1, 1, 1, 1, 1, 1, 1));
    }
}
