package org.patchlens.study;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.NpyFile;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import org.patchlens.tensor.StoredRows;

/// A study on disk, opened for reading; safe for several threads.
///
/// Opening reads the small files only. An array is mapped when something of it is asked for, and read as far as it
/// is looked at; what was mapped is unmapped by [#close].
public final class Study implements AutoCloseable {
    private final StudyFolder folder;
    private final StudyManifest manifest;
    private final SortedMap<Integer, ShardIndex> shards;
    private final StudyContents contents;
    private final List<StudyImage> images;
    private final Optional<Checksums> checksums;
    private final Arena arena = Arena.ofShared();
    private final Map<Path, MemorySegment> mapped = new ConcurrentHashMap<>();
    private volatile @Nullable Metadata metadata;

    private Study(
            StudyFolder folder,
            StudyManifest manifest,
            SortedMap<Integer, ShardIndex> shards,
            Optional<Checksums> checksums) {
        this.folder = folder;
        this.manifest = manifest;
        this.shards = shards;
        this.checksums = checksums;
        this.contents = StudyContents.of(manifest, shards);
        this.images =
                contents.images().stream().map(StudyContents.Placed::image).toList();
    }

    /// Opens a study; one that is not complete yet is read as far as its shards are committed.
    ///
    /// @throws PatchlensException if the folder is not a study of a version that is known here
    public static Study open(Path folder) {
        StudyFolder study = new StudyFolder(folder);
        if (!study.isStudy()) {
            throw PatchlensException.usage(
                    folder.toString(),
                    Files.exists(folder) ? "is no study (there is no study.json)" : "does not exist",
                    "Give the folder that patchlens extract --study made.");
        }
        StudyManifest manifest = ManifestJson.read(study.manifest());
        String identity = checksum(study.manifest());
        SortedMap<Integer, ShardIndex> shards = new TreeMap<>();
        for (int shard : study.committedShards()) {
            shards.put(shard, ShardIndex.read(study.shard(shard), shard, manifest, identity));
        }
        Optional<Checksums> checksums =
                Files.exists(study.images()) ? Optional.of(Checksums.read(study.checksums())) : Optional.empty();
        checksums.ifPresent(listed -> listed.checkShards(study, shards));
        return new Study(study, manifest, shards, checksums);
    }

    private static String checksum(Path file) {
        try {
            return Checksum.of(file);
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }

    /// Where it lies.
    public Path folder() {
        return folder.root();
    }

    /// What the study is.
    public StudyManifest manifest() {
        return manifest;
    }

    /// SHA-256 over what the study is and what its shards hold; the user's columns do not count.
    public String fingerprint() {
        StringBuilder text = new StringBuilder(checksum(folder.manifest()));
        shards.forEach(
                (number, index) -> text.append('\n').append(number).append(' ').append(Checksum.of(index.toJson())));
        return Checksum.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Whether every shard was committed and the table of images written.
    public boolean isComplete() {
        return checksums.isPresent();
    }

    /// Its images, in the order of their index.
    public List<StudyImage> images() {
        return images;
    }

    /// The inputs that could not be read.
    public List<FailedInput> failures() {
        return contents.failures();
    }

    /// The user's columns, a row per image; without columns while the study is not complete.
    public Metadata metadata() {
        Metadata known = metadata;
        if (known == null) {
            known = isComplete() ? ImageTable.read(folder.images(), images) : Metadata.none(images.size());
            metadata = known;
        }
        return known;
    }

    /// Reads one image's tokens, widened to 32 bits.
    ///
    /// Tokens that are stored as 32 bits are a view of the file and end with the study's [#close].
    ///
    /// @throws PatchlensException if the layer is not stored or the file is damaged
    public PatchEmbeddings embeddings(int image, Layer layer) {
        return embeddings(
                image,
                layer,
                () -> FloatMatrix.zeros(manifest.tokens(), manifest.model().dimensions()));
    }

    /// The same in memory that the caller may use again; a study of 32 bits is a view of the file nevertheless.
    ///
    /// @param memory gives `float[T][D]` that is overwritten
    /// @throws PatchlensException if the layer is not stored or the file is damaged
    public PatchEmbeddings embeddings(int image, Layer layer, Supplier<FloatMatrix> memory) {
        requireLayer(layer);
        FloatMatrix tokens = floats(
                place(image),
                StudyFolder.tokens(layer),
                manifest.tokens(),
                manifest.model().dimensions(),
                memory);
        return new PatchEmbeddings(layer, manifest.grid(), manifest.layout(), tokens);
    }

    /// Reads one image's tokens as they are stored, `[T][D]`; a view of the file that ends with [#close].
    ///
    /// @throws PatchlensException if the layer is not stored or the file is damaged
    public StoredRows stored(int image, Layer layer) {
        requireLayer(layer);
        int dimensions = manifest.model().dimensions();
        MemorySegment item = item(place(image), StudyFolder.tokens(layer), manifest.tokens() * (long) dimensions);
        StoredRows.Precision precision = switch (manifest.dtype()) {
            case F16 -> StoredRows.Precision.HALF;
            case F32 -> StoredRows.Precision.SINGLE;
        };
        return new StoredRows(item, manifest.tokens(), dimensions, precision);
    }

    /// The image of a name: its id, or an ending of it that begins at a folder and fits no other.
    ///
    /// @throws PatchlensException if there is none; the message tells the closest names
    public StudyImage image(String name) {
        return ImageNames.find(images, name);
    }

    /// The deepest layer that is stored; after the final norm where that is.
    public Layer deepestLayer() {
        return manifest.layers().getLast();
    }

    /// Checks that a layer is stored.
    ///
    /// @throws PatchlensException if the layer is not stored; the message tells those that are
    public void requireLayer(Layer layer) {
        if (!manifest.layers().contains(layer)) {
            throw PatchlensException.usage(
                    "layer " + layer,
                    "the study stores " + ManifestDifference.layers(manifest.layers()),
                    "Extract it with --layers into another folder.");
        }
    }

    /// The images with their places.
    List<StudyContents.Placed> placed() {
        return contents.images();
    }

    /// Reads one image's CLS attention, widened to 32 bits, if the study keeps it.
    public Optional<ClsAttention> attention(int image) {
        StudyContents.Placed place = place(image);
        return switch (manifest.attention()) {
            case NONE -> Optional.empty();
            case CLS -> {
                int layers = manifest.model().layers();
                int heads = manifest.model().heads();
                FloatMatrix rows = floats(place, StudyFolder.CLS_ATTENTION, layers * heads, manifest.tokens());
                FloatMatrix rollout = floats(place, StudyFolder.ROLLOUT, 1, manifest.tokens());
                yield Optional.of(new ClsAttention(layers, heads, rows, rollout));
            }
        };
    }

    /// Reads which share of each patch of an image each class of [StudyManifest#maskClasses] covers,
    /// `float[P][C]`, 0 to 1.
    ///
    /// @return empty if the study has no mask classes, or the image no mask
    public Optional<FloatMatrix> coverage(int image) {
        if (manifest.maskClasses().isEmpty()) {
            return Optional.empty();
        }
        FloatMatrix coverage = floats(
                place(image),
                StudyFolder.MASK_COVERAGE,
                manifest.grid().patches(),
                manifest.maskClasses().size());
        return Float.isNaN(coverage.get(0, 0)) ? Optional.empty() : Optional.of(coverage);
    }

    /// Reads one image as the model saw it, before normalization.
    public ViewImage view(int image) {
        StudyContents.Placed place = place(image);
        int channels = shard(place.shard()).viewChannels();
        List<Integer> shape = List.of(manifest.inputHeight(), manifest.inputWidth(), channels);
        long bytes = (long) manifest.inputHeight() * manifest.inputWidth() * channels;
        MemorySegment samples = array(place.shard(), StudyFolder.VIEW, ViewWriter.DESCRIPTOR, shape, 1)
                .asSlice(place.row() * bytes, bytes);
        return new ViewImage(
                manifest.inputWidth(), manifest.inputHeight(), channels, samples.toArray(ValueLayout.JAVA_BYTE));
    }

    private StudyContents.Placed place(int image) {
        if (image < 0 || image >= images.size()) {
            throw PatchlensException.usage(
                    "image " + image,
                    images.isEmpty() ? "the study has no images" : "the study has images 0 to " + (images.size() - 1),
                    "");
        }
        return contents.images().get(image);
    }

    private ShardIndex shard(int number) {
        ShardIndex index = shards.get(number);
        if (index == null) {
            throw new IllegalStateException("shard " + number + " is not open");
        }
        return index;
    }

    private FloatMatrix floats(StudyContents.Placed place, String name, int rows, int columns) {
        return floats(place, name, rows, columns, () -> FloatMatrix.zeros(rows, columns));
    }

    private FloatMatrix floats(
            StudyContents.Placed place, String name, int rows, int columns, Supplier<FloatMatrix> memory) {
        MemorySegment item = item(place, name, (long) rows * columns);
        return switch (StudyFolder.dtype(manifest, name)) {
            case F32 -> FloatMatrix.over(item, rows, columns);
            case F16 -> {
                FloatMatrix wide = memory.get();
                HalfPrecision.widen(item, wide);
                yield wide;
            }
        };
    }

    /// One image's part of an array of its shard.
    private MemorySegment item(StudyContents.Placed place, String name, long elements) {
        ElementType dtype = StudyFolder.dtype(manifest, name);
        MemorySegment array =
                array(place.shard(), name, dtype.npyDescriptor(), StudyFolder.itemShape(manifest, name), dtype.bytes());
        return array.asSlice(place.row() * elements * dtype.bytes(), elements * dtype.bytes());
    }

    /// The elements of an array of a shard, mapped when first asked for.
    private MemorySegment array(int shard, String name, String descriptor, List<Integer> itemShape, int elementBytes) {
        return mapped.computeIfAbsent(folder.shard(shard).resolve(name), file -> {
            List<Integer> shape = new ArrayList<>(List.of(shard(shard).images().size()));
            shape.addAll(itemShape);
            return NpyFile.map(file, new NpyHeader(descriptor, shape), elementBytes, arena);
        });
    }

    /// The size of all files of the study.
    public long bytes() {
        try (Stream<Path> files = Files.walk(folder.root())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw DiskProblem.reading(folder.root(), e);
        }
    }

    /// Reads every byte and compares it with its checksum.
    public VerifyReport verify() {
        return StudyCheck.of(folder, shards, checksums);
    }

    /// Unmaps the study's files; nothing that was read as a view of them may be used any more.
    @Override
    public void close() {
        arena.close();
    }
}
