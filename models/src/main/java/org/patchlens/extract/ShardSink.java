package org.patchlens.extract;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.study.ExtractedImage;
import org.patchlens.study.FailedInput;
import org.patchlens.study.ShardWriter;
import org.patchlens.study.StudyWriter;

/// Writes batches into shards, in their order. A shard that is complete is synced to the disk in the background
/// while the next one is being filled; at most one waits.
final class ShardSink implements Pipeline.Sink, AutoCloseable {
    private final StudyWriter writer;
    private final Progress progress;
    private final long total;
    private final ExecutorService committer = Executors.newSingleThreadExecutor();
    private @Nullable ShardWriter current;
    private @Nullable Future<?> committing;
    private long done;
    private long extracted;
    private final SortedMap<String, Integer> warnings = new TreeMap<>();

    /// @param done inputs that earlier runs have settled
    /// @param total inputs of the study
    ShardSink(StudyWriter writer, Progress progress, long done, long total) {
        this.writer = writer;
        this.progress = progress;
        this.done = done;
        this.total = total;
    }

    @Override
    public void accept(Batch batch, Workbench.Outcome outcome) {
        ShardWriter shard = current == null ? writer.begin(batch.shard()) : current;
        current = shard;
        for (ExtractedImage image : outcome.images()) {
            shard.append(image);
            String warning = image.header().get("warning");
            if (warning != null) {
                warnings.merge(warning, 1, Integer::sum);
            }
        }
        for (FailedInput failure : outcome.failures()) {
            shard.fail(failure.input(), failure.reason());
        }
        if (batch.last()) {
            commit(shard);
            current = null;
        }
        extracted += outcome.images().size();
        done += batch.inputs().size();
        progress.report("extract", done, total);
    }

    private void commit(ShardWriter shard) {
        awaitCommit();
        committing = committer.submit(() -> {
            try (shard) {
                shard.commit();
            }
        });
    }

    /// Returns when every complete shard is on the disk.
    void awaitCommit() {
        if (committing == null) {
            return;
        }
        try {
            committing.get();
            committing = null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PatchlensException reason) {
                throw reason;
            }
            throw new IllegalStateException("a shard could not be committed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted("extract", "the extraction was interrupted", "")
                    .causedBy(e);
        }
    }

    /// How many images this run has added.
    long extracted() {
        return extracted;
    }

    /// What the headers of these images warn of, and how many warn of it.
    SortedMap<String, Integer> warnings() {
        return warnings;
    }

    /// Waits for the shard that is being committed, and deletes the one that is not complete.
    @Override
    public void close() {
        committer.close();
        if (current != null) {
            current.close();
        }
    }
}
