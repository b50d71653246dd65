package org.patchlens.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.patchlens.PatchlensException;

/// Runs numbered tasks on several threads and hands over their results in the order of their numbers, so that what
/// is made of them does not depend on the number of threads.
///
/// A few tasks per thread are ahead of the one that is handed over next; memory does not grow with their number.
public final class OrderedTasks {
    private static final int AHEAD_PER_THREAD = 2;

    private OrderedTasks() {}

    /// Takes over the result of a task, on the thread that called [#run].
    @FunctionalInterface
    public interface Consumer<T> {
        /// Called for task 0, then 1, and so on.
        void accept(int task, T result);
    }

    /// Runs tasks 0 to `count - 1` and returns when all are handed over.
    ///
    /// What a task or the consumer throws is thrown here, after the tasks that run have been stopped.
    ///
    /// @param threads at least 1; with 1 everything runs on the calling thread
    /// @throws PatchlensException if the calling thread is interrupted
    public static <T> void run(int threads, int count, IntFunction<T> task, Consumer<T> consumer) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        if (threads == 1 || count < 2) {
            for (int i = 0; i < count; i++) {
                consumer.accept(i, task.apply(i));
            }
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, count));
        try {
            handOver(workers, Math.min(threads, count) * AHEAD_PER_THREAD, count, task, consumer);
        } finally {
            workers.shutdownNow();
            workers.close();
        }
    }

    private static <T> void handOver(
            ExecutorService workers, int ahead, int count, IntFunction<T> task, Consumer<T> consumer) {
        Deque<Future<T>> running = new ArrayDeque<>();
        int submitted = 0;
        for (int i = 0; i < count; i++) {
            for (; submitted < Math.min(count, i + ahead); submitted++) {
                int number = submitted;
                running.add(workers.submit(() -> task.apply(number)));
            }
            consumer.accept(i, await(running.remove()));
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted("work", "stopped before its end", "")
                    .causedBy(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
