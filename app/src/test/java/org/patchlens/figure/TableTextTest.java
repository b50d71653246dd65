package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTextTest {
    @Test
    void numbersStandToTheRightAndTextToTheLeft() {
        assertThat(TableText.of(SampleFigures.TABLE)).isEqualTo("""
            Norms by layer

            layer  median  spread  outliers  verdict
            -----  ------  ------  --------  -------
            0        4.21    0.31         0  none
            9       15.02    1.77       868  four corner patches of the grid
            last    31.40    2.06        12  few
            """);
    }
}
