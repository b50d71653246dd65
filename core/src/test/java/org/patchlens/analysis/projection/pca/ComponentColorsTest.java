package org.patchlens.analysis.projection.pca;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;

class ComponentColorsTest {
    @Test
    void theScaleRunsFromTheSmallestToTheLargestScoreWithoutTheOutermost() {
        FloatMatrix scores = FloatMatrix.zeros(101, 3);
        for (int i = 0; i <= 100; i++) {
            scores.set(i, 0, i);
            scores.set(i, 1, -i);
        }
        scores.set(100, 0, 1e6f);
        ComponentColors colors = ComponentColors.of(scores);
        assertThat(colors.low().get(0, 0)).isEqualTo(2);
        assertThat(colors.high().get(0, 0)).isEqualTo(98);
        FloatMatrix painted = colors.paint(FloatMatrix.of(1, 3, 50, -26, 7), new boolean[] {true});
        assertThat(painted).isEqualTo(FloatMatrix.of(1, 3, 0.5f, 0.75f, 0));
    }

    @Test
    void aPointThatIsNotPaintedHasNoColour() {
        ComponentColors colors = ComponentColors.of(FloatMatrix.of(2, 1, 0, 1));
        FloatMatrix painted = colors.paint(FloatMatrix.of(2, 1, 1, 1), new boolean[] {false, true});
        assertThat(painted.get(0, 0)).isNaN();
        assertThat(painted.get(1, 0)).isEqualTo(1);
        assertThat(painted.get(1, 1)).isZero();
    }
}
