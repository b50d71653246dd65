package org.patchlens.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.patchlens.PatchlensException;

/// Threads that work through numbered tasks together, many times in a row.
///
/// How work is cut into tasks never depends on the number of threads, and no task writes what another reads: then
/// the results do not depend on it either.
public final class TaskPool implements AutoCloseable {
    private final int threads;
    private final ExecutorService helpers;

    /// @param threads at least 1; the calling thread is one of them
    public TaskPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        this.threads = threads;
        this.helpers = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().daemon().name("patchlens-task-", 0).factory());
    }

    /// As many threads as this machine has processors.
    public static TaskPool ofThisMachine() {
        return new TaskPool(Runtime.getRuntime().availableProcessors());
    }

    /// Runs tasks 0 to `count - 1`, in any order, and returns when all are done.
    ///
    /// What a task throws is thrown here, after all threads have stopped.
    ///
    /// @throws PatchlensException if the calling thread is interrupted
    public void forEach(int count, IntConsumer task) {
        if (threads == 1 || count < 2) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> workThrough(next, count, task);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            running.add(helpers.submit(work));
        }
        try {
            work.run();
        } finally {
            running.forEach(TaskPool::await);
        }
    }

    private static void workThrough(AtomicInteger next, int count, IntConsumer task) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.accept(i);
            }
        } catch (RuntimeException | Error e) {
            next.set(count);
            throw e;
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
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

    @Override
    public void close() {
        helpers.close();
    }
}
