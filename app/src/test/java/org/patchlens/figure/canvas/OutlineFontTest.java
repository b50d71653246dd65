package org.patchlens.figure.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineFontTest {
    private final OutlineFont font = OutlineFont.REGULAR;

    @Test
    void digitsAreEquallyWide() {
        for (int digit = 0; digit <= 9; digit++) {
            assertThat(font.width(Integer.toString(digit), 100)).isEqualTo(font.width("0", 100));
        }
    }

    @Test
    void aTextIsAsWideAsItsLettersTogether() {
        assertThat(font.width("patch", 12))
                .isCloseTo(
                        "patch"
                                .chars()
                                .mapToDouble(c -> font.width(Character.toString(c), 12))
                                .sum(),
                        within(1e-9));
    }

    @Test
    void aCapitalStandsOnTheBaselineAndIsAsHighAsTheFontSays() {
        // OS/2.sCapHeight of Roboto is 1456 of 2048 units.
        assertThat(font.shape("H", 10, 50, 2048).getBounds2D().getMaxY()).isEqualTo(50);
        assertThat(font.shape("H", 10, 50, 2048).getBounds2D().getHeight()).isEqualTo(1456);
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "ü", "Ł", "µ", "α", "±", "×", "−", "–", "…", "°", "²", "Ж"})
    void lettersBeyondAsciiAreThere(String letter) {
        assertThat(font.shape(letter, 0, 0, 100).getBounds2D().isEmpty()).isFalse();
        assertThat(font.shape(letter, 0, 0, 100).getBounds2D())
                .isNotEqualTo(font.shape("\ue000", 0, 0, 100).getBounds2D());
    }

    @Test
    void theHoleOfALetterStaysOpen() {
        assertThat(font.shape("O", 0, 100, 100).contains(font.width("O", 100) / 2, 65))
                .isFalse();
        assertThat(font.shape("O", 0, 100, 100).intersects(0, 60, font.width("O", 100), 10))
                .isTrue();
    }
}
