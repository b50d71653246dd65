package org.patchlens.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;

/// A study on disk, opened for reading.
public final class Study implements AutoCloseable {
    public static Study open(Path folder) {
        throw new UnsupportedOperationException();
    }

    /// What the study is.
    public StudyManifest manifest() {
        throw new UnsupportedOperationException();
    }

    /// Its images, in the order of their index.
    public List<StudyImage> images() {
        throw new UnsupportedOperationException();
    }

    /// Reads one image's tokens, widened to 32 bits.
    public PatchEmbeddings embeddings(int image, Layer layer) {
        throw new UnsupportedOperationException();
    }

    /// Reads one image's CLS attention, widened to 32 bits, if the study keeps it.
    public Optional<ClsAttention> attention(int image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
