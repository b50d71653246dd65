package org.patchlens.study;

/// Writes one shard; nothing of it is seen in the study before [#commit]. For one thread at a time.
public final class ShardWriter implements AutoCloseable {
    ShardWriter() {}

    /// Writes an image. Images come in the order of the shard's inputs, failures at any time between them.
    ///
    /// @throws org.patchlens.PatchlensException if a number cannot be kept, or the disk does not take it
    public void append(ExtractedImage image) {
        throw new UnsupportedOperationException();
    }

    /// Records an input that could not be read.
    ///
    /// @param reason one sentence
    public void fail(StudyInput input, String reason) {
        throw new UnsupportedOperationException();
    }

    /// Makes the shard part of the study, for good: when this returns, it survives a loss of power.
    ///
    /// @throws IllegalStateException if an input of the shard was neither appended nor failed
    public void commit() {
        throw new UnsupportedOperationException();
    }

    /// Deletes what was written, unless it was committed.
    @Override
    public void close() {}
}
