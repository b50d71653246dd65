package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.tensor.FloatMatrix;

class PatchValuesTest {
    private static final FloatMatrix VALUES = FloatMatrix.of(2, 2, 0, 1, 2, Float.NaN);

    @Test
    void nearestHasTheNumberOfThePatch() {
        PatchValues nearest = new PatchValues(VALUES, Interpolation.NEAREST);
        assertThat(nearest.at(0.49, 0.49)).isZero();
        assertThat(nearest.at(0.51, 0.49)).isEqualTo(1);
        assertThat(nearest.at(0.51, 0.51)).isNaN();
    }

    @Test
    void bilinearHasTheNumberAtTheCentreAndGoesOverToTheNeighbours() {
        PatchValues bilinear = new PatchValues(VALUES, Interpolation.BILINEAR);
        assertThat(bilinear.at(0.25, 0.25)).isZero();
        assertThat(bilinear.at(0.4, 0.25)).isEqualTo(0.3f);
        assertThat(bilinear.at(0.25, 0.4)).isEqualTo(0.6f);
        assertThat(bilinear.at(0, 0)).isZero();
    }

    @Test
    void aMissingPatchNeitherSpreadsNorIsCovered() {
        PatchValues bilinear = new PatchValues(VALUES, Interpolation.BILINEAR);
        assertThat(bilinear.at(0.75, 0.75)).isNaN();
        assertThat(bilinear.at(0.51, 0.51)).isNaN();
        // Weights 0.3, 0.3 and 0.2 of the three patches with numbers, and 0.2 without.
        assertThat(bilinear.at(0.45, 0.5 - 1e-9))
                .isCloseTo((0.3f * 0 + 0.2f * 1 + 0.3f * 2) / 0.8f, org.assertj.core.data.Offset.offset(1e-5f));
    }
}
