package org.patchlens.study;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.study.metadata.Metadata;

/// Writes a study, or goes on with one that was interrupted.
public final class StudyWriter implements AutoCloseable {
    private StudyWriter() {}

    /// Starts a study in a new or empty folder, or continues the one that is there.
    ///
    /// @param folder of the study
    /// @param manifest what the study is to be
    /// @param inputs all images that it is to hold, in their order
    /// @param policy what becomes of inputs that failed in an earlier run
    /// @throws org.patchlens.PatchlensException if the folder holds something else, another study, is written by
    ///     another process, or committed shards were made of other inputs
    public static StudyWriter open(Path folder, StudyManifest manifest, List<StudyInput> inputs, FailurePolicy policy) {
        throw new UnsupportedOperationException();
    }

    /// What the study is; of a study that is continued, the manifest that it was begun with.
    public StudyManifest manifest() {
        throw new UnsupportedOperationException();
    }

    /// The shards that are still to be made, ascending.
    public List<Integer> pendingShards() {
        throw new UnsupportedOperationException();
    }

    /// The inputs of a shard.
    ///
    /// @param shard 0 to the number of shards - 1
    public List<StudyInput> inputs(int shard) {
        throw new UnsupportedOperationException();
    }

    /// Starts a shard; several may be under way at a time, each from one thread.
    public ShardWriter begin(int shard) {
        throw new UnsupportedOperationException();
    }

    /// Completes the study with its table of images.
    ///
    /// @param metadata a row for each input that was given to [#open]; rows of failed inputs are left out
    /// @throws IllegalStateException if a shard is not committed
    public StudySummary finish(Metadata metadata) {
        throw new UnsupportedOperationException();
    }

    /// Gives up the lock on the folder; what is committed stays.
    @Override
    public void close() {}
}
