package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchlens.PatchlensException;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.model.VitSession;
import org.patchlens.preprocess.Preprocessing;

/// Runs batches through decoding, preprocessing and the model on several threads, and hands them on in order.
///
/// Every thread takes the next batch and carries it through all stages. One thread more than may run the model at
/// a time exists: while the model works, it decodes ahead. Memory is that of one batch per thread, whatever the
/// number of images.
final class Pipeline {
    private final Preprocessing preprocessing;
    private final VitSession session;
    private final Loading loading;
    private final Optional<CoverageRule> coverage;
    private final int threads;
    private final int batchSize;

    /// @param coverage how masks are measured, in a study with masks
    Pipeline(
            Preprocessing preprocessing,
            VitSession session,
            Loading loading,
            Optional<CoverageRule> coverage,
            Effort effort) {
        this.preprocessing = preprocessing;
        this.session = session;
        this.loading = loading;
        this.coverage = coverage;
        this.threads = effort.threads();
        this.batchSize = effort.batch().orElse(Extraction.DEFAULT_BATCH);
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
        Semaphore modelPermits = new Semaphore(threads);
        SourceChecksums checksums = new SourceChecksums();
        int workers = Math.min(threads + 1, batches.size());
        try (ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, workers))) {
            List<Future<?>> ends = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                ends.add(executor.submit(() -> {
                    boolean finished = false;
                    try (Workbench bench = new Workbench(
                            loading, checksums, preprocessing, coverage, session, modelPermits, batchSize)) {
                        work(bench, batches, claimed, turnstile, sink);
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

    private static void work(
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
