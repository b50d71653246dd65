package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

class LayerSelectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "last | [last]",
                "all | [0, 1, 2, 3, last]",
                "0 | [0]",
                "3,1,1 | [1, 3]",
                "1-3,last | [1, 2, 3, last]",
                " 0 - 1 , last | [0, 1, last]",
            })
    void layersAreNamedByNumberRangeAndWord(String text, String layers) {
        assertThat(LayerSelection.parse(text).of(3)).hasToString(layers);
    }

    /// It stands in the provenance of every study.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"all | all", "last | last", "3, 1 ,1 | 1,3", "0-2,last | 0,1,2,last"})
    void itsTextIsAChoiceAsAUserTypesIt(String text, String shown) {
        assertThat(LayerSelection.parse(text)).hasToString(shown);
        assertThat(LayerSelection.parse(shown)).isEqualTo(LayerSelection.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "first", "1,,2", "-1", "3-1", "1-last", "1.5", "99999999999", "0-2000000000"})
    void whatIsNoLayerIsRefused(String text) {
        assertThatThrownBy(() -> LayerSelection.parse(text)).isInstanceOf(PatchlensException.class);
    }

    @Test
    void aLayerThatTheModelDoesNotHaveIsRefusedWithThoseThatItHas() {
        assertThatThrownBy(() -> LayerSelection.parse("2,4").of(3))
                .hasMessage("[layer 4] the model has layers 0 to 3 and last.");
    }
}
