package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

class OrderedTasksTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void resultsComeInTheOrderOfTheTasks(int threads) {
        List<Integer> tasks = new ArrayList<>();
        List<Integer> results = new ArrayList<>();
        OrderedTasks.run(threads, 100, task -> task * task, (task, result) -> {
            tasks.add(task);
            results.add(result);
        });
        assertThat(tasks).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(results)
                .isEqualTo(IntStream.range(0, 100).map(i -> i * i).boxed().toList());
    }

    @Test
    void aTaskMayFinishAfterTheNextOne() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<Integer> order = new ArrayList<>();
        OrderedTasks.run(
                2,
                2,
                task -> {
                    if (task == 0) {
                        await(secondIsDone);
                    } else {
                        secondIsDone.countDown();
                    }
                    return task;
                },
                (task, result) -> order.add(result));
        assertThat(order).containsExactly(0, 1);
    }

    @Test
    void onlyAFewTasksAreAheadOfTheOneThatIsNext() {
        AtomicInteger started = new AtomicInteger();
        OrderedTasks.run(
                2,
                1000,
                task -> started.incrementAndGet(),
                (task, result) -> assertThat(started.get()).isLessThanOrEqualTo(task + 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theFailureOfATaskIsThrownAsItIs(int threads) {
        PatchlensException failure = PatchlensException.badData("image", "is damaged", "");
        assertThatThrownBy(() -> OrderedTasks.run(
                        threads,
                        10,
                        task -> {
                            if (task == 3) {
                                throw failure;
                            }
                            return task;
                        },
                        (task, result) -> assertThat(task).isLessThan(3)))
                .isSameAs(failure);
    }

    @Test
    void whoeverListensMayStopTheWork() {
        PatchlensException stop = PatchlensException.interrupted("norms", "stopped", "");
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(() -> OrderedTasks.run(2, 1000, task -> started.incrementAndGet(), (task, result) -> {
                    throw stop;
                }))
                .isSameAs(stop);
        assertThat(started.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> OrderedTasks.run(
                        2,
                        2,
                        task -> {
                            await(new CountDownLatch(1));
                            return task;
                        },
                        (task, result) -> {}))
                .isInstanceOf(PatchlensException.class)
                .extracting(e -> ((PatchlensException) e).category())
                .isEqualTo(PatchlensException.Category.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
