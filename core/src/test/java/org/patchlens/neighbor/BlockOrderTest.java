package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;

class BlockOrderTest {
    private static final TaskPool POOL = new TaskPool(2);

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 1000})
    void everyPointStandsInItOnce(int points) {
        int[] order = order(RandomMatrix.normal(points, 5, 1), POOL);
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, points).boxed().toList());
    }

    /// Four groups of 256 points: sixteen blocks, none of which holds points of two groups.
    @Test
    void groupsThatLieApartShareNoBlock() {
        FloatMatrix rows = RandomMatrix.normal(1024, 6, 2);
        for (int i = 0; i < 1024; i++) {
            rows.set(i, 2, rows.get(i, 2) + 20 * (i % 4) * (i % 4));
        }
        int[] order = order(rows, POOL);
        for (int block = 0; block < 16; block++) {
            assertThat(Arrays.stream(order, block * 64, (block + 1) * 64)
                            .map(point -> point % 4)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void equalPointsAreDividedToo() {
        assertThat(order(FloatMatrix.zeros(500, 3), POOL)).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(3000, 7, 3);
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            assertThat(order(rows, many)).isEqualTo(order(rows, one));
        }
    }

    private static int[] order(FloatMatrix rows, TaskPool pool) {
        return BlockOrder.of(new PointSpace(rows, Metric.EUCLIDEAN).prepared(pool), 64, pool);
    }
}
