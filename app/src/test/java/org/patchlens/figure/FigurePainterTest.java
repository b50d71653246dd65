package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.tensor.FloatMatrix;

class FigurePainterTest {
    private static final int WIDTH = 760;

    private static BufferedImage paint(Figure figure, double scale) {
        return new FigurePainter(SampleFigures::view, scale).paint(figure);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    static Stream<Figure> figures() {
        return SampleFigures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void nothingIsDrawnIntoTheMargins(Figure figure) {
        BufferedImage image = paint(figure, 1);
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < 12; x++) {
                assertThat(image.getRGB(x, y)).as("left margin").isEqualTo(0xffffffff);
                assertThat(image.getRGB(WIDTH - 1 - x, y)).as("right margin").isEqualTo(0xffffffff);
            }
        }
        for (int x = 0; x < WIDTH; x++) {
            assertThat(image.getRGB(x, 0)).as("top").isEqualTo(0xffffffff);
            assertThat(image.getRGB(x, image.getHeight() - 1)).as("bottom").isEqualTo(0xffffffff);
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void theSameFigureHasTheSamePixels(Figure figure) {
        assertThat(pixels(paint(figure, 1))).isEqualTo(pixels(paint(figure, 1)));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void aLargerScaleIsTheSamePictureWithMorePixels(Figure figure) {
        BufferedImage one = paint(figure, 1);
        BufferedImage two = paint(figure, 2);
        assertThat(two.getWidth()).isEqualTo(2 * one.getWidth());
        assertThat(two.getHeight()).isEqualTo(2 * one.getHeight());
    }

    @Test
    void everyCellOfAHeatmapHasTheColourOfItsNumber() {
        ColorScale scale = new ColorScale(ColorMap.VIRIDIS, 0, 3, "");
        Figure figure = new Figure.Heatmap(
                "", "", FloatMatrix.of(2, 2, 0, 1, 2, Float.NaN), "", "", List.of(), List.of(), scale);
        Set<Integer> colors = new HashSet<>();
        Arrays.stream(pixels(paint(figure, 1))).forEach(color -> colors.add(color & 0xffffff));
        assertThat(colors).contains(0x440154, Colors.of(scale, 1), Colors.of(scale, 2), Colors.MISSING);
    }

    @Test
    void uncoveredPatchesShowTheImageItself() {
        Figure.Overlay figure = new Figure.Overlay(
                "", "", 0, FloatMatrix.of(1, 2, Float.NaN, 1), new ColorScale(ColorMap.INFERNO, 0, 1, ""));
        BufferedImage image = paint(figure, 1);
        int middle = image.getHeight() / 2;
        // The right image begins 314 pixels after the left one: half of the room without bar, and the gap.
        assertThat(image.getRGB(24 + 70, middle)).isEqualTo(image.getRGB(24 + 314 + 70, middle));
        assertThat(image.getRGB(24 + 230, middle)).isNotEqualTo(image.getRGB(24 + 314 + 230, middle));
    }

    @Test
    void aPictureThatWouldBeTooLargeIsRefusedWithTheScaleThatIsNot() {
        int height = paint(SampleFigures.BARS, 1).getHeight();
        double largest = Math.floor(Math.sqrt(64e6 / WIDTH / height) * 10) / 10;
        assertThatThrownBy(() -> paint(SampleFigures.BARS, 40))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("more than 64 million pixels")
                .hasMessageEndingWith("Use " + largest + " or less, or write SVG.");
        assertThatThrownBy(() -> paint(SampleFigures.BARS, Double.NaN)).isInstanceOf(PatchlensException.class);
        assertThat(paint(SampleFigures.BARS, 0.5).getWidth()).isEqualTo(WIDTH / 2);
    }

    @Test
    void cellsSmallerThanAPixelAreAveraged() {
        FloatMatrix board = FloatMatrix.zeros(2000, 2000);
        for (int row = 0; row < 2000; row++) {
            for (int column = 0; column < 2000; column++) {
                board.set(row, column, (row + column) % 2);
            }
        }
        ColorScale scale = new ColorScale(ColorMap.DIVERGING, 0, 1, "");
        BufferedImage image = paint(new Figure.Heatmap("", "", board, "", "", List.of(), List.of(), scale), 1);
        int color = image.getRGB(300, 200);
        int low = Colors.of(scale, 0);
        int high = Colors.of(scale, 1);
        for (int shift = 0; shift <= 16; shift += 8) {
            int darker = Math.min(low >> shift & 0xff, high >> shift & 0xff);
            int brighter = Math.max(low >> shift & 0xff, high >> shift & 0xff);
            assertThat(color >> shift & 0xff).isStrictlyBetween(darker, brighter);
        }
    }

    @Test
    void aPanelOfAGridIsTheCoveredImageAlone() {
        BufferedImage alone = paint(SampleFigures.MARKED, 1);
        BufferedImage grid = paint(SampleFigures.GRID, 1);
        // Two rows of panels 182 pixels wide, not four.
        assertThat(grid.getHeight()).isBetween(alone.getHeight(), 2 * alone.getHeight());
        int cover = grid.getRGB(24 + 150, grid.getHeight() / 2 - 60);
        assertThat(cover).isNotEqualTo(0xffffffff);
    }

    @Test
    void anOutlierIsCrossedOutAndAChosenPatchFramedOnBothImages() {
        BufferedImage marked = paint(SampleFigures.MARKED, 2);
        BufferedImage plain = paint(
                new Figure.Overlay(
                        SampleFigures.MARKED.title(),
                        SampleFigures.MARKED.caption(),
                        0,
                        SampleFigures.MARKED.values(),
                        SampleFigures.MARKED.scale(),
                        Figure.Interpolation.BILINEAR,
                        List.of()),
                2);
        // Each image takes half of the room without bar, 302 logical pixels; 12 are between them.
        int middle = 2 * (24 + 302 + 6);
        assertThat(differences(marked, plain, 0, middle)).isPositive();
        assertThat(differences(marked, plain, middle, marked.getWidth()))
                .isGreaterThan(differences(marked, plain, 0, middle));
    }

    @Test
    void aMarkLeavesTheColourOfItsPatchUncovered() {
        BufferedImage marked = paint(SampleFigures.MARKED, 1);
        BufferedImage plain = paint(
                new Figure.Overlay(
                        SampleFigures.MARKED.title(),
                        SampleFigures.MARKED.caption(),
                        0,
                        SampleFigures.MARKED.values(),
                        SampleFigures.MARKED.scale(),
                        Figure.Interpolation.BILINEAR,
                        List.of()),
                1);
        // The last patch of 14 x 14 is marked; an outline covers its corner of the image, but not the patch.
        int patch = 302 / 14;
        int right = 24 + 302 + 12 + 302;
        int bottom = bottomDifference(marked, plain);
        for (int x = right - patch + 2; x < right - 1; x++) {
            for (int y = bottom - patch; y < bottom - 4; y++) {
                assertThat(marked.getRGB(x, y)).isEqualTo(plain.getRGB(x, y));
            }
        }
        assertThat(differences(marked, plain, right - patch - 4, right - patch)).isPositive();
    }

    private static int bottomDifference(BufferedImage one, BufferedImage other) {
        for (int y = one.getHeight() - 1; y > 0; y--) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (one.getRGB(x, y) != other.getRGB(x, y)) {
                    return y;
                }
            }
        }
        return 0;
    }

    private static int differences(BufferedImage one, BufferedImage other, int from, int to) {
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = from; x < to; x++) {
                count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
            }
        }
        return count;
    }
}
