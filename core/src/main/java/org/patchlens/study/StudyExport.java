package org.patchlens.study;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.patchlens.embedding.Layer;

/// Writes a study's embeddings and table of images into files of other shapes.
public final class StudyExport {
    private StudyExport() {}

    /// The files that are written.
    public enum Format {
        /// One npy array per layer over all images, and `images.csv`.
        NPY,
        /// `images.csv`, and `embeddings.csv` with one row per image, layer and pooling.
        CSV,
        /// `images.parquet`, and `embeddings.parquet` with one row per image, layer and pooling.
        PARQUET
    }

    /// Which tokens go into npy arrays.
    public enum Tokens {
        /// `[N][T][D]`: the whole sequence.
        ALL,
        /// `[N][P][D]`: the patches, row by row of the grid.
        PATCHES,
        /// `[N][D]`: the CLS token.
        CLS,
        /// `[N][D]`: the mean over the patches.
        MEAN
    }

    /// What to write.
    ///
    /// @param format of the files
    /// @param tokens of npy arrays; tables always hold CLS (where the model has one) and mean
    /// @param layers to write; all that are stored if empty
    /// @param overwrite whether files that are there may be replaced
    public record Options(Format format, Tokens tokens, List<Layer> layers, boolean overwrite) {
        public Options {
            layers = List.copyOf(layers);
        }
    }

    /// Writes the files, in bounded memory.
    ///
    /// @param folder to write into; made if absent
    /// @param imagesDone is told how many images are done, in total, now and then
    /// @return the files that were written
    public static List<Path> write(Study study, Path folder, Options options, IntConsumer imagesDone) {
        throw new UnsupportedOperationException();
    }
}
