package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchlens.PatchlensException;
import org.patchlens.model.VitSession;

/// Runs batches through decoding, preprocessing and the model on several threads, and hands them on in order.
///
/// Every thread takes the next batch and carries it through all stages. One thread more than may run the model at
/// a time exists: while the model works, it decodes ahead. Memory is that of one batch per thread, whatever the
/// number of images.
final class Pipeline {
    private final BatchWork work;
    private final VitSession session;
    private final int runsAtOnce;

    /// @param runsAtOnce how many threads may run the model at the same time
    Pipeline(BatchWork work, VitSession session, int runsAtOnce) {
        this.work = work;
        this.session = session;
        this.runsAtOnce = runsAtOnce;
    }

    /// Takes batches in their order.
    interface Sink {
        /// Called for one batch at a time, in the order of the tickets; may throw to end the work.
        void accept(Batch batch, Workbench.Outcome outcome);
    }

    /// Processes all batches.
    ///
    /// @throws RuntimeException the one that a stage or the sink threw; all threads have stopped then
    void run(List<Batch> batches, Sink sink) {
        AtomicInteger claimed = new AtomicInteger();
        Turnstile turnstile = new Turnstile();
        Semaphore modelPermits = new Semaphore(runsAtOnce);
        int workers = Math.min(runsAtOnce + 1, batches.size());
        try (ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, workers))) {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                ends.add(executor.submit(() -> {
                    boolean finished = false;
                    try (Workbench bench = work.bench(session, modelPermits)) {
                        process(bench, batches, claimed, turnstile, sink);
                        finished = true;
                    } finally {
                        if (!finished) {
                            turnstile.close();
                        }
                    }
                    return null;
                }));
            }
            await(ends, turnstile);
        }
    }

    private static void process(
            Workbench bench, List<Batch> batches, AtomicInteger claimed, Turnstile turnstile, Sink sink)
            throws InterruptedException {
        for (int i = claimed.getAndIncrement(); i < batches.size(); i = claimed.getAndIncrement()) {
            Batch batch = batches.get(i);
            Workbench.Outcome outcome = bench.process(batch);
            if (!turnstile.pass(batch.ticket(), () -> sink.accept(batch, outcome))) {
                return;
            }
        }
    }

    private static void await(List<Future<?>> ends, Turnstile turnstile) {
        try {
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            turnstile.close();
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            turnstile.close();
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted("extract", "the extraction was interrupted", "")
                    .causedBy(e);
        }
    }
}
