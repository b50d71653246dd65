package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.figure.canvas.SeriesStyle;
import org.patchlens.tensor.FloatMatrix;

class ScatterDrawingTest {
    private static final FloatMatrix CATEGORIES = FloatMatrix.of(1, 4, 0, 1, Float.NaN, 1);

    @Test
    void aPointHasTheColourOfItsCategoryAndOneWithoutIsGrey() {
        BufferedImage picture = paint(2, new Figure.ByCategory("label", CATEGORIES, List.of("normal", "covid")));
        assertThat(count(picture, SeriesStyle.of(1).color())).isGreaterThan(count(picture, Colors.MISSING));
        assertThat(count(picture, Colors.MISSING)).isPositive();
    }

    @Test
    void aPointHasTheColourOfItsNumber() {
        ColorScale scale = new ColorScale(ColorMap.DIVERGING, 0, 3, "norm");
        BufferedImage picture = paint(3, new Figure.ByNumber("norm", FloatMatrix.of(1, 4, 0, 0, 0, 3), scale));
        assertThat(count(picture, Colors.of(scale, 3))).isPositive();
        assertThat(count(picture, Colors.of(scale, 0))).isPositive();
    }

    @Test
    void noPointsLeaveAnEmptyFrame() {
        Figure.Scatter empty = new Figure.Scatter(
                "T",
                "C.",
                FloatMatrix.zeros(0, 2),
                List.of("x", "y"),
                new Figure.ByCategory("label", FloatMatrix.zeros(1, 0), List.of("a", "b")));
        assertThat(painter().paint(empty).getWidth()).isPositive();
    }

    @Test
    void theRowsNameTheCategories() {
        Figure.Table rows =
                FigureRows.of(scatter(2, new Figure.ByCategory("label", CATEGORIES, List.of("normal", "covid"))));
        assertThat(rows.columns()).containsExactly("axis 0", "axis 1", "label");
        assertThat(rows.rows().get(1)).containsExactly("2.0", "3.0", "covid");
        assertThat(rows.rows().get(2)).endsWith("");
    }

    private static BufferedImage paint(int axes, Figure.PointColors colors) {
        return painter().paint(scatter(axes, colors));
    }

    private static FigurePainter painter() {
        return new FigurePainter(
                image -> {
                    throw new AssertionError("a scatter needs no image");
                },
                1);
    }

    private static Figure.Scatter scatter(int axes, Figure.PointColors colors) {
        FloatMatrix points = FloatMatrix.zeros(4, axes);
        for (int i = 0; i < 4; i++) {
            for (int axis = 0; axis < axes; axis++) {
                points.set(i, axis, i * 2 + axis);
            }
        }
        List<String> names = List.of("axis 0", "axis 1", "axis 2").subList(0, axes);
        return new Figure.Scatter("Map", "Four points.", points, names, colors);
    }

    private static int count(BufferedImage picture, int color) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += (picture.getRGB(x, y) & 0xffffff) == color ? 1 : 0;
            }
        }
        return count;
    }
}
