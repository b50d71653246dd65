package org.patchlens.tensor.force;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchlens.tensor.TaskPool;

class SparseRowsTest {
    private static final int[] STARTS = {0, 2, 3, 3};
    private static final int[] COLUMNS = {1, 2, 0};
    private static final float[] VALUES = {0.5f, 0.25f, 0.125f};

    @Test
    void rowsAreFilledWithWeightsOfNothing() {
        SparseRows filled = SparseRows.filled(STARTS, COLUMNS, VALUES);
        assertThat(filled.starts()).containsExactly(0, 16, 32, 32);
        assertThat(filled.columns()).startsWith(1, 2, 0, 0).endsWith(1, 1, 1);
        assertThat(filled.values()).startsWith(0.5f, 0.25f, 0, 0);
        assertThat(filled.columns()[16]).isZero();
        assertThat(filled.values()[16]).isEqualTo(0.125f);
    }

    @Test
    void anotherOrderOfThePointsIsAnotherNameForThem() {
        try (TaskPool pool = new TaskPool(2)) {
            SparseRows reordered = new SparseRows(STARTS, COLUMNS, VALUES).reordered(new int[] {2, 0, 1}, pool);
            assertThat(reordered.starts()).containsExactly(0, 0, 2, 3);
            assertThat(reordered.columns()).containsExactly(2, 0, 1);
            assertThat(reordered.values()).containsExactly(0.5f, 0.25f, 0.125f);
        }
    }
}
