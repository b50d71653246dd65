package org.patchlens.image.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

class SliceSelectionTest {
    @Test
    void allTakesEverySlice() {
        assertThat(SliceSelection.parse("all").indices(3)).containsExactly(0, 1, 2);
    }

    @Test
    void everyTakesTheFirstAndThenEachNth() {
        assertThat(SliceSelection.parse("every:3").indices(8)).containsExactly(0, 3, 6);
        assertThat(SliceSelection.parse("every:999999999").indices(8)).containsExactly(0);
    }

    @Test
    void middleTakesOne() {
        assertThat(SliceSelection.parse("middle").indices(7)).containsExactly(3);
        assertThat(SliceSelection.parse("middle").indices(1)).containsExactly(0);
    }

    @Test
    void aRangeIncludesBothEndsAndStopsWithTheVolume() {
        assertThat(SliceSelection.parse("range:2-4").indices(8)).containsExactly(2, 3, 4);
        assertThat(SliceSelection.parse("range:6-100").indices(8)).containsExactly(6, 7);
        assertThat(SliceSelection.parse("range:8-9").indices(8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "every", "every:0", "every:-1", "range:3-1", "range:1", "first", "every:99999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SliceSelection.parse(text))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("every:N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "every:3", "middle", "range:2-4"})
    void aSelectionIsWrittenAsItIsRead(String text) {
        assertThat(SliceSelection.parse(text).id()).isEqualTo(text);
    }
}
