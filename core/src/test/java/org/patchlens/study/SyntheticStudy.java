package org.patchlens.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;

/// Studies of made-up numbers; each number follows from the image's place, so that any part can be made again.
///
/// @param manifest of the study
/// @param images how many inputs there are
record SyntheticStudy(StudyManifest manifest, int images) {
    static final String MODEL_SHA256 = "a".repeat(64);
    static final ModelDescription MODEL =
            new ModelDescription("made-up", "vit", MODEL_SHA256, 2, 3, 8, 16, 48, 1234, "F32");

    /// 3 x 2 patches, CLS, layers 0, 2 and last, 4 images per shard.
    static SyntheticStudy of(ElementType dtype, AttentionStorage attention, int images) {
        return new SyntheticStudy(
                new StudyManifest(
                        StudyManifest.FORMAT_VERSION,
                        MODEL,
                        48,
                        32,
                        new PatchGrid(3, 2),
                        TokenLayout.CLS_AND_PATCHES,
                        List.of(new Layer(0), new Layer(2), Layer.LAST),
                        dtype,
                        attention,
                        List.of(),
                        4,
                        new Provenance(MODEL_SHA256, "resize 48", "{}", 0, "0.1.0", "25", "linux/amd64")),
                images);
    }

    static SyntheticStudy ofHalves(int images) {
        return of(ElementType.F16, AttentionStorage.CLS, images);
    }

    List<StudyInput> inputs() {
        return IntStream.range(0, images).mapToObj(SyntheticStudy::input).toList();
    }

    static StudyInput input(int number) {
        String id = String.format(Locale.ROOT, "ward/image-%04d.png", number);
        return new StudyInput(id, "../images/" + id, 0);
    }

    ExtractedImage image(int number) {
        int tokens = manifest.tokens();
        List<FloatMatrix> layers = new ArrayList<>();
        for (Layer layer : manifest.layers()) {
            layers.add(numbers(tokens, manifest.model().dimensions(), 31L * number + layer.hashCode()));
        }
        return new ExtractedImage(
                input(number),
                String.format(Locale.ROOT, "%064x", number),
                100 + number,
                200,
                view(number),
                layers,
                attention(number));
    }

    private Optional<ClsAttention> attention(int number) {
        int layers = manifest.model().layers();
        int heads = manifest.model().heads();
        return switch (manifest.attention()) {
            case NONE -> Optional.empty();
            case CLS ->
                Optional.of(new ClsAttention(
                        layers,
                        heads,
                        numbers(layers * heads, manifest.tokens(), 7L * number + 1),
                        numbers(1, manifest.tokens(), 7L * number + 2)));
        };
    }

    ViewImage view(int number) {
        byte[] samples = new byte[manifest.inputHeight() * manifest.inputWidth()];
        new Random(number).nextBytes(samples);
        return new ViewImage(manifest.inputWidth(), manifest.inputHeight(), 1, samples);
    }

    /// Numbers that 16 bits keep exactly: multiples of 1/64 between -8 and 8.
    static FloatMatrix numbers(int rows, int columns, long seed) {
        Random random = new Random(seed);
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (random.nextInt(1025) - 512) / 64f);
            }
        }
        return matrix;
    }

    /// Makes all pending shards and completes the study.
    StudySummary write(Path folder) {
        try (StudyWriter writer = StudyWriter.open(folder, manifest, inputs(), FailurePolicy.RETRY)) {
            for (int shard : writer.pendingShards()) {
                writeShard(writer, shard);
            }
            return writer.finish(metadata());
        }
    }

    void writeShard(StudyWriter writer, int shard) {
        try (ShardWriter shardWriter = writer.begin(shard)) {
            for (StudyInput input : writer.inputs(shard)) {
                shardWriter.append(image(inputs().indexOf(input)));
            }
            shardWriter.commit();
        }
    }

    /// A label, an age with gaps, and a column that is called like one of the study's own.
    Metadata metadata() {
        List<Optional<String>> labels = new ArrayList<>();
        List<Optional<Long>> ages = new ArrayList<>();
        List<Optional<Double>> widths = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            labels.add(Optional.of(i % 2 == 0 ? "normal" : "covid"));
            ages.add(i % 3 == 0 ? Optional.empty() : Optional.of(40L + i));
            widths.add(Optional.of(i + 0.5));
        }
        return new Metadata(
                images,
                List.of(
                        new MetadataColumn.Text("label", labels),
                        new MetadataColumn.Whole("age", ages),
                        new MetadataColumn.Real("width", widths)));
    }
}
