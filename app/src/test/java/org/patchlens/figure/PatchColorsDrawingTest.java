package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.patchlens.analysis.Figure;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

class PatchColorsDrawingTest {
    private static final Figure.PatchColors FIGURE = new Figure.PatchColors(
            "Colours",
            "Two patches.",
            0,
            new PatchGrid(1, 2),
            FloatMatrix.of(2, 3, 1, 0.2f, 0, Float.NaN, Float.NaN, Float.NaN));

    @Test
    void aPatchHasItsColourAndOneWithoutIsBlack() {
        BufferedImage picture = new FigurePainter(SampleFigures::view, 1).paint(FIGURE);
        int painted = 0;
        int black = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                painted += (picture.getRGB(x, y) & 0xffffff) == 0xff3300 ? 1 : 0;
                black += (picture.getRGB(x, y) & 0xffffff) == 0 ? 1 : 0;
            }
        }
        assertThat(painted).isGreaterThan(10_000);
        assertThat(black).isGreaterThan(10_000);
    }

    @Test
    void theRowsHoldThePartsOfEachColour() {
        assertThat(FigureRows.of(FIGURE).rows().get(1)).containsExactly("0", "green", "0.2");
        assertThat(FigureRows.of(FIGURE).rows().get(3)).containsExactly("1", "red", "");
    }
}
