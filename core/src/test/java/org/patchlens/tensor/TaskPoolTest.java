package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyTaskRunsOnce(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        try (TaskPool pool = new TaskPool(threads)) {
            pool.forEach(1000, runs::incrementAndGet);
            pool.forEach(0, runs::incrementAndGet);
        }
        for (int i = 0; i < runs.length(); i++) {
            assertThat(runs.get(i)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void whatATaskThrowsReachesTheCaller(int threads) {
        try (TaskPool pool = new TaskPool(threads)) {
            assertThatThrownBy(() -> pool.forEach(100, task -> {
                        if (task == 42) {
                            throw new ArithmeticException("task 42");
                        }
                    }))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("task 42");
        }
    }
}
