package org.patchlens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({"nroms, norms", "norm, norms", "exract, extract", "--thraeds, --threads", "inof, info"})
    void aMistypedNameFindsTheOneThatWasMeant(String typed, String meant) {
        assertThat(Spelling.nearest(typed, List.of("extract", "info", "norms", "export", "--threads", "--json")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"similarity", "x", "--perplexity"})
    void aNameLikeNoOtherFindsNone(String typed) {
        assertThat(Spelling.nearest(typed, List.of("extract", "info", "norms", "export", "--threads", "--json")))
                .isEmpty();
    }
}
