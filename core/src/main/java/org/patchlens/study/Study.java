package org.patchlens.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.study.metadata.Metadata;

/// A study on disk, opened for reading; safe for several threads.
public final class Study implements AutoCloseable {
    private Study() {}

    /// Opens a study; one that is not complete yet is read as far as its shards are committed.
    ///
    /// @throws org.patchlens.PatchlensException if the folder is not a study of a version that is known here
    public static Study open(Path folder) {
        throw new UnsupportedOperationException();
    }

    /// Where it lies.
    public Path folder() {
        throw new UnsupportedOperationException();
    }

    /// What the study is.
    public StudyManifest manifest() {
        throw new UnsupportedOperationException();
    }

    /// Whether every shard was committed and the table of images written.
    public boolean isComplete() {
        throw new UnsupportedOperationException();
    }

    /// Its images, in the order of their index.
    public List<StudyImage> images() {
        throw new UnsupportedOperationException();
    }

    /// The inputs that could not be read.
    public List<FailedInput> failures() {
        throw new UnsupportedOperationException();
    }

    /// The user's columns, a row per image; without columns while the study is not complete.
    public Metadata metadata() {
        throw new UnsupportedOperationException();
    }

    /// Reads one image's tokens, widened to 32 bits.
    ///
    /// Tokens that are stored as 32 bits are a view of the file and end with the study's [#close].
    ///
    /// @throws org.patchlens.PatchlensException if the layer is not stored or the file is damaged
    public PatchEmbeddings embeddings(int image, Layer layer) {
        throw new UnsupportedOperationException();
    }

    /// Reads one image's CLS attention, widened to 32 bits, if the study keeps it.
    public Optional<ClsAttention> attention(int image) {
        throw new UnsupportedOperationException();
    }

    /// Reads one image as the model saw it, before normalization.
    public ViewImage view(int image) {
        throw new UnsupportedOperationException();
    }

    /// The size of all files of the study.
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    /// Reads every byte and compares it with its checksum.
    public VerifyReport verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
