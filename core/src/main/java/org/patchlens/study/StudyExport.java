package org.patchlens.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.NpyWriter;
import org.patchlens.study.disk.Tables;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;

/// Writes a study's embeddings and table of images into files of other shapes, image by image in bounded memory.
///
/// A study's own files are npy and Parquet already; this is for who wants one array over all images, or a table
/// with one embedding per image.
public final class StudyExport {
    /// The files that are written.
    public enum Format {
        /// One npy array per layer over all images, `embeddings-layer-12.npy`, and `images.csv` with the images in
        /// the order of the rows.
        NPY,
        /// `images.csv`, and `embeddings.csv` with one row per image, layer and pooling: index, id, layer,
        /// pooling, d0 to the last dimension.
        CSV,
        /// The same tables as [#CSV], as `images.parquet` and `embeddings.parquet`.
        PARQUET
    }

    /// Which tokens go into npy arrays.
    public enum Tokens {
        /// `[N][T][D]` in the study's own type: the whole sequence.
        ALL,
        /// `[N][P][D]` in the study's own type: the patches, row by row of the grid.
        PATCHES,
        /// `[N][D]`, 32 bits: the CLS token.
        CLS,
        /// `[N][D]`, 32 bits: the mean over the patches.
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

    private final Study study;
    private final Path folder;
    private final Options options;
    private final List<Layer> layers;
    private final List<Path> written = new ArrayList<>();

    private StudyExport(Study study, Path folder, Options options) {
        this.study = study;
        this.folder = folder;
        this.options = options;
        this.layers = options.layers().isEmpty() ? study.manifest().layers() : options.layers();
    }

    /// Writes the files; each appears under its name when it is whole.
    ///
    /// @param folder to write into; made if absent
    /// @param imagesDone is told how many images are done, counted over all layers where they are written one by
    ///     one
    /// @return the files that were written
    /// @throws PatchlensException if a file is there already, a layer is not stored, or the disk is full
    public static List<Path> write(Study study, Path folder, Options options, IntConsumer imagesDone) {
        StudyExport export = new StudyExport(study, folder, options);
        export.checkRequest();
        try {
            Files.createDirectories(folder);
            export.write(imagesDone);
        } catch (IOException e) {
            throw DiskProblem.writing(folder, e);
        } catch (UncheckedIOException e) {
            throw DiskProblem.writing(folder, e);
        }
        return List.copyOf(export.written);
    }

    private void checkRequest() {
        for (Layer layer : layers) {
            study.requireLayer(layer);
        }
        if (options.format == Format.NPY
                && options.tokens == Tokens.CLS
                && study.manifest().layout().cls().isEmpty()) {
            throw PatchlensException.usage("--tokens cls", "the model has no CLS token", "Use --tokens mean.");
        }
        for (String name : names()) {
            if (!options.overwrite && Files.exists(folder.resolve(name))) {
                throw PatchlensException.usage(
                        folder.resolve(name).toString(),
                        "is there already",
                        "Give another folder, or --overwrite to replace it.");
            }
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        switch (options.format) {
            case NPY -> {
                names.add("images.csv");
                layers.forEach(layer -> names.add(arrayName(layer)));
            }
            case CSV -> names.addAll(List.of("images.csv", "embeddings.csv"));
            case PARQUET -> names.addAll(List.of("images.parquet", "embeddings.parquet"));
        }
        return names;
    }

    private static String arrayName(Layer layer) {
        return StudyFolder.tokens(layer).replace("tokens-", "embeddings-");
    }

    private void write(IntConsumer imagesDone) throws IOException {
        switch (options.format) {
            case NPY -> {
                place("images.csv", this::writeImagesCsv);
                int done = 0;
                for (Layer layer : layers) {
                    int before = done;
                    place(
                            arrayName(layer),
                            file -> writeArray(file, layer, images -> imagesDone.accept(before + images)));
                    done += study.images().size();
                }
            }
            case CSV -> {
                place("images.csv", this::writeImagesCsv);
                place("embeddings.csv", file -> writeEmbeddingsCsv(file, imagesDone));
            }
            case PARQUET -> {
                place("images.parquet", file -> ImageTable.write(file, study.placed(), study.metadata()));
                place("embeddings.parquet", file -> writeEmbeddingsParquet(file, imagesDone));
            }
        }
    }

    @FunctionalInterface
    private interface FileWriting {
        void to(Path file) throws IOException;
    }

    private void place(String name, FileWriting writing) throws IOException {
        Path file = folder.resolve(name);
        Path temporary = DurableFiles.temporary(file);
        try {
            writing.to(temporary);
            DurableFiles.sync(temporary);
            DurableFiles.rename(temporary, file);
            written.add(file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void writeArray(Path file, Layer layer, IntConsumer imagesDone) throws IOException {
        StudyManifest manifest = study.manifest();
        int dimensions = manifest.model().dimensions();
        ElementType dtype = switch (options.tokens) {
            case ALL, PATCHES -> manifest.dtype();
            case CLS, MEAN -> ElementType.F32;
        };
        List<Integer> shape = switch (options.tokens) {
            case ALL -> List.of(manifest.tokens(), dimensions);
            case PATCHES -> List.of(manifest.grid().patches(), dimensions);
            case CLS, MEAN -> List.of(dimensions);
        };
        MemorySegment halves = Arena.ofAuto().allocate((long) manifest.tokens() * dimensions * Short.BYTES, 64);
        try (NpyWriter array = new NpyWriter(file, dtype.npyDescriptor(), shape)) {
            for (int image = 0; image < study.images().size(); image++) {
                if (!array.append(chosen(study.embeddings(image, layer)), dtype, halves)) {
                    throw PatchlensException.badData(
                            study.images().get(image).id(), "layer " + layer + " holds NaN or infinity", "");
                }
                imagesDone.accept(image + 1);
            }
            array.finish();
        }
    }

    private FloatMatrix chosen(PatchEmbeddings embeddings) {
        return switch (options.tokens) {
            case ALL -> embeddings.tokens();
            case PATCHES -> embeddings.patches();
            case CLS -> Pooling.CLS.pool(embeddings);
            case MEAN -> Pooling.MEAN.pool(embeddings);
        };
    }

    private static CsvWriter csv(Path file) throws IOException {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
    }

    private void writeImagesCsv(Path file) throws IOException {
        try (CsvWriter csv = csv(file)) {
            List<String> header = new ArrayList<>(ImageTable.OWN_COLUMNS);
            study.metadata().columns().forEach(column -> header.add(ImageTable.storedName(column.name())));
            csv.writeRecord(header);
            for (StudyContents.Placed placed : study.placed()) {
                csv.writeRecord(imageRow(placed));
            }
        }
    }

    private List<String> imageRow(StudyContents.Placed placed) {
        StudyImage image = placed.image();
        List<String> row = new ArrayList<>(List.of(
                "" + image.index(),
                image.id(),
                image.source(),
                "" + image.frame(),
                image.sha256(),
                "" + image.width(),
                "" + image.height(),
                "" + placed.shard(),
                "" + placed.row()));
        for (MetadataColumn column : study.metadata().columns()) {
            row.add(column.text(image.index()).orElse(""));
        }
        return row;
    }

    private void writeEmbeddingsCsv(Path file, IntConsumer imagesDone) throws IOException {
        int dimensions = study.manifest().model().dimensions();
        try (CsvWriter csv = csv(file)) {
            List<String> header = new ArrayList<>(List.of("index", "id", "layer", "pooling"));
            for (int i = 0; i < dimensions; i++) {
                header.add("d" + i);
            }
            csv.writeRecord(header);
            for (StudyImage image : study.images()) {
                for (Layer layer : layers) {
                    PatchEmbeddings embeddings = study.embeddings(image.index(), layer);
                    for (Pooling pooling : Pooling.of(study.manifest().layout())) {
                        csv.writeRecord(embeddingRow(image, layer, pooling, pooling.pool(embeddings)));
                    }
                }
                imagesDone.accept(image.index() + 1);
            }
        }
    }

    private static List<String> embeddingRow(StudyImage image, Layer layer, Pooling pooling, FloatMatrix pooled) {
        List<String> row =
                new ArrayList<>(List.of("" + image.index(), image.id(), layer.toString(), pooling.toString()));
        for (float value : pooled.rowToArray(0)) {
            row.add(Float.toString(value));
        }
        return row;
    }

    /// By way of the text table: it is written in bounded memory, and the shortest decimal of a float gives the
    /// same float back.
    private void writeEmbeddingsParquet(Path file, IntConsumer imagesDone) throws IOException {
        Path csv = folder.resolve(".embeddings.csv.tmp");
        try {
            writeEmbeddingsCsv(csv, imagesDone);
            StringBuilder types =
                    new StringBuilder("'index': 'INTEGER', id: 'VARCHAR', layer: 'VARCHAR', pooling: 'VARCHAR'");
            for (int i = 0; i < study.manifest().model().dimensions(); i++) {
                types.append(", d").append(i).append(": 'FLOAT'");
            }
            try (Connection connection = Tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("COPY (SELECT * FROM read_csv(" + Tables.patternLiteral(csv)
                        + ", header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {"
                        + types + "})) TO " + Tables.literal(file) + " (FORMAT parquet)");
            } catch (SQLException e) {
                throw DiskProblem.writing(file, e);
            }
        } finally {
            Files.deleteIfExists(csv);
        }
    }
}
