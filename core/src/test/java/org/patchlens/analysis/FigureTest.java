package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.tensor.FloatMatrix;

class FigureTest {
    private static final ColorScale SCALE = new ColorScale(ColorMap.VIRIDIS, 0, 1, "");

    @Test
    void aColourScaleAscends() {
        assertThatThrownBy(() -> new ColorScale(ColorMap.VIRIDIS, 1, 1, "")).hasMessageContaining("from 1.0 to 1.0");
        assertThatThrownBy(() -> new ColorScale(ColorMap.VIRIDIS, Float.NaN, 1, ""))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ColorScale(ColorMap.VIRIDIS, 0, Float.POSITIVE_INFINITY, ""))
                .hasMessageContaining("Infinity");
    }

    @Test
    void namesAreAsManyAsWhatTheyName() {
        FloatMatrix values = FloatMatrix.zeros(2, 3);
        List<String> two = List.of("a", "b");
        List<String> three = List.of("a", "b", "c");
        refuses("2 column names; 3", () -> new Figure.Heatmap("t", "c", values, "", "", two, two, SCALE));
        refuses("3 row names; 2", () -> new Figure.Heatmap("t", "c", values, "", "", three, three, SCALE));
        refuses("2 names of bars; 3", () -> new Figure.Bars("t", "c", "", "", two, values, two));
        refuses("3 names of series; 2", () -> new Figure.Bars("t", "c", "", "", three, values, three));
        FloatMatrix x = FloatMatrix.zeros(1, 2);
        refuses("3 points of each curve; 2", () -> new Figure.Lines("t", "c", "", "", x, values, two, false));
        refuses("2 cells of a row; 3", () -> new Figure.Table("t", "c", three, List.of(three, two)));
    }

    private static void refuses(String message, ThrowingCallable figure) {
        assertThatThrownBy(figure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
