package org.patchlens.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedLimitTest {
    private final SharedLimit limit = new SharedLimit();

    @Test
    void atFirstEverythingExceedsIt() {
        assertThat(-Float.MAX_VALUE).isGreaterThan(limit.below());
    }

    @Test
    void whatIsAsGoodAsTheWorstExceedsItAndWhatIsWorseDoesNot() {
        for (float worst : new float[] {-0.75f, 0, 0.25f, 0.5f}) {
            limit.raise(worst);
            assertThat(worst).isGreaterThan(limit.below());
            assertThat(Math.nextDown(worst)).isLessThanOrEqualTo(limit.below());
        }
    }

    @Test
    void itNeverFalls() {
        limit.raise(-0.25f);
        limit.raise(-0.5f);
        limit.raise(Float.NEGATIVE_INFINITY);
        assertThat(limit.below()).isEqualTo(Math.nextDown(-0.25f));
    }
}
