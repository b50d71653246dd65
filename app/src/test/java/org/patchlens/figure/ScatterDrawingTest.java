package org.patchlens.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
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

    /// One point of the second category among many of the first, all in one place but two that span the plot.
    @Test
    void ofManyPointsNoneCoversAnother() {
        int count = ScatterDrawing.MOST_POINTS + 1;
        FloatMatrix points = FloatMatrix.zeros(count, 2);
        points.set(0, 0, -1);
        points.set(1, 0, 1);
        FloatMatrix categories = FloatMatrix.zeros(1, count);
        for (int i = count / 2; i < count; i++) {
            categories.set(0, i, 1);
        }
        BufferedImage picture = painter()
                .paint(new Figure.Scatter(
                        "Many",
                        "Points.",
                        points,
                        List.of("x", "y"),
                        new Figure.ByCategory("label", categories, List.of("a", "b"))));
        int half = Colors.mix(SeriesStyle.of(0).color(), SeriesStyle.of(1).color(), 0.5);
        int mixed = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int color = picture.getRGB(x, y);
                mixed += near(color, half) ? 1 : 0;
            }
        }
        // The one cell of 2 x 2 logical pixels that holds them all, at full strength.
        assertThat(mixed).isEqualTo(4);
    }

    private static boolean near(int color, int other) {
        boolean near = true;
        for (int shift = 0; shift <= 16; shift += 8) {
            near &= Math.abs((color >> shift & 0xff) - (other >> shift & 0xff)) <= 1;
        }
        return near;
    }

    @Test
    void theNinthCategoryHasAnotherShape() {
        FloatMatrix ninth = FloatMatrix.of(1, 4, 8, 8, 8, 8);
        List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8");
        BufferedImage first = paint(2, new Figure.ByCategory("label", FloatMatrix.zeros(1, 4), names));
        BufferedImage last = paint(2, new Figure.ByCategory("label", ninth, names));
        int color = SeriesStyle.of(0).color();
        assertThat(SeriesStyle.of(8).color()).isEqualTo(color);
        // A square holds 4 / pi as many pixels as the circle of the same radius.
        assertThat(count(last, color)).isGreaterThan(count(first, color));
    }

    @Test
    void theRowsNameTheCategories() {
        Figure.Table rows =
                FigureRows.of(scatter(2, new Figure.ByCategory("label", CATEGORIES, List.of("normal", "covid"))));
        assertThat(rows.columns()).containsExactly("axis 0", "axis 1", "label");
        assertThat(rows.rows().get(1)).containsExactly("2.0", "3.0", "covid");
        assertThat(rows.rows().get(2)).endsWith("");
    }

    @Test
    void theRowsSayWhichPatchAPointIs() {
        Figure.Scatter map = scatter(2, new Figure.ByCategory("label", CATEGORIES, List.of("normal", "covid")));
        FloatMatrix places = FloatMatrix.of(3, 4, 1, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, Float.NaN);
        Figure.PointNames names = new Figure.PointNames(List.of("a.png", "b.png"), places);
        Figure.Table rows = FigureRows.of(new Figure.Scatter(
                map.title(), map.caption(), map.points(), map.axes(), map.colors(), Optional.of(names)));
        assertThat(rows.columns()).containsExactly("image", "row", "column", "axis 0", "axis 1", "label");
        assertThat(rows.rows().get(0)).startsWith("b.png", "5", "7");
        assertThat(rows.rows().get(3)).startsWith("a.png", "0", "");
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
