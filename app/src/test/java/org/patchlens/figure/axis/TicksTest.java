package org.patchlens.figure.axis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void stepsAreReadable() {
        assertThat(Ticks.linear(0, 1, 5).labels()).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(Ticks.linear(-6, 6, 6).labels()).containsExactly("−6", "−4", "−2", "0", "2", "4", "6");
        assertThat(Ticks.linear(0, 52_000, 5).labels()).containsExactly("0", "20,000", "40,000");
    }

    @Test
    void hugeAndTinyNumbersHaveExponents() {
        assertThat(Ticks.linear(0, 3e7, 3).labels()).containsExactly("0", "1e7", "2e7", "3e7");
        assertThat(Ticks.linear(0, 3e-6, 3).labels()).containsExactly("0", "1e−6", "2e−6", "3e−6");
    }

    @Test
    void aNumberBetweenTicksIsWrittenAsTheyAre() {
        assertThat(Ticks.label(0.00301, 1e-5, 1e-3)).isEqualTo("0.00301");
        assertThat(Ticks.label(5.12e-4, 1e-6, 1e-4)).isEqualTo("0.000512");
        assertThat(Ticks.label(3.01e-5, 1e-7, 1e-5)).isEqualTo("3.01e−5");
    }

    @Test
    void wholeNumbersAreNeverSplit() {
        assertThat(Ticks.whole(0, 3, 10).labels()).containsExactly("0", "1", "2", "3");
        assertThat(Ticks.whole(0, 13, 7).labels()).containsExactly("0", "2", "4", "6", "8", "10", "12");
    }

    @Test
    void aLogarithmicAxisHasPowersOfTenAndSomeBetween() {
        assertThat(Ticks.logarithmic(1, 100, 10).labels()).containsExactly("1", "2", "5", "10", "20", "50", "100");
        assertThat(Ticks.logarithmic(0.01, 1000, 6).labels()).containsExactly("0.01", "0.1", "1", "10", "100", "1000");
    }
}
