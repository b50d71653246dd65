package org.patchlens.figure.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;

/// Against the colours of matplotlib, which `tools/reference/colormaps.py` wrote.
class ColorsTest {
    /// Between two of our 52 colours stand four of theirs; they bend away from the straight line by up to this
    /// many of 255 levels, most in cividis, which has a kink at its dark end.
    private static final int BEND = 5;

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(ColorsTest.class.getResourceAsStream("colormaps.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyColourIsThatOfMatplotlib() {
        String[] names = lines().getFirst().split(",", -1);
        for (int map = 0; map < names.length; map++) {
            ColorMap colors = ColorMap.valueOf(names[map].toUpperCase(Locale.ROOT));
            for (int i = 0; i < 256; i++) {
                int expected = Integer.parseInt(lines().get(1 + i).split(",", -1)[map], 16);
                int found = Colors.at(colors, i / 255.0);
                int allowed = i % 5 == 0 ? 0 : BEND;
                for (int shift = 0; shift <= 16; shift += 8) {
                    assertThat(Math.abs((found >> shift & 0xff) - (expected >> shift & 0xff)))
                            .as("%s, colour %d", colors, i)
                            .isLessThanOrEqualTo(allowed);
                }
            }
        }
    }

    @Test
    void theMiddleOfADivergingScaleIsNearlyWhiteAndItsEndsAreFarApart() {
        ColorScale scale = new ColorScale(ColorMap.DIVERGING, -2, 2, "");
        assertThat(Colors.of(scale, 0)).isEqualTo(0xf7f7f7);
        assertThat(Colors.of(scale, -2)).isEqualTo(Colors.of(scale, -5));
        assertThat(Colors.of(scale, Float.NaN)).isEqualTo(Colors.MISSING);
    }
}
