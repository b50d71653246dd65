package org.patchlens.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.Attention;
import org.patchlens.analysis.attention.AttentionOptions;
import org.patchlens.analysis.attention.TokenReading;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.LayerSelection;
import org.patchlens.extract.Numerics;
import org.patchlens.model.RandomVit;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.preprocess.Size;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against the eager attention of transformers, see `tools/reference/attention.py`. Both compute in 32 bits, in
/// other orders: 1e-4 is what the tests of the model itself allow relative to the largest value, which is 1 here.
class ModelAttentionTest {
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    Path folder;

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ModelAttentionTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Study study(Path model, AttentionStorage attention) {
        Path target = folder.resolve("study");
        Extraction.run(
                ExtractionOptions.of(resource("picture.png"), model, target)
                        .withLayers(LayerSelection.parse("all"))
                        .withAttention(attention),
                Progress.NONE);
        return Study.open(target);
    }

    private static FloatBuffer floats(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(resource(name)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    @Test
    void everyMatrixEqualsThatOfTransformers() throws IOException {
        FloatBuffer golden = floats("small.f32");
        List<Integer> blocks = new ArrayList<>();
        try (Study study = study(resource("small"), AttentionStorage.NONE);
                ModelAttention attention = ModelAttention.open(study, resource("small"))) {
            attention.read(List.of(0), List.of(1, 2, 3), (image, block, matrices) -> {
                blocks.add(block);
                assertThat(matrices.rows()).isEqualTo(2 * 17);
                for (int row = 0; row < matrices.rows(); row++) {
                    float sum = 0;
                    for (int token = 0; token < 17; token++) {
                        float expected = golden.get(((block - 1) * 2 * 17 + row) * 17 + token);
                        assertThat(Math.abs(matrices.get(row, token) - expected))
                                .isLessThan(TOLERANCE);
                        sum += matrices.get(row, token);
                    }
                    assertThat(Math.abs(sum - 1)).isLessThan(TOLERANCE);
                }
            });
        }
        assertThat(blocks).containsExactly(1, 2, 3);
    }

    /// Attention in 32-bit floats is off by more than this; the same arithmetic gives the same numbers.
    @Test
    void aStudyInEightBitsHasTheAttentionOfEightBits() {
        Path model = RandomVit.write(folder.resolve("model"), 5);
        Path target = folder.resolve("study");
        Extraction.run(
                ExtractionOptions.of(resource("picture.png"), model, target)
                        .withAttention(AttentionStorage.CLS)
                        .withDtype(ElementType.F32)
                        .withNumerics(new Numerics(Precision.INT8, Device.CPU, true)),
                Progress.NONE);
        try (Study study = Study.open(target);
                ModelAttention attention = ModelAttention.open(study, model)) {
            ClsAttention stored = study.attention(0).orElseThrow();
            attention.read(List.of(0), List.of(1, 2), (_, block, matrices) -> {
                for (int head = 0; head < RandomVit.HEADS; head++) {
                    FloatMatrix row = matrices.row(head * 17);
                    for (int token = 0; token < 17; token++) {
                        assertThat(row.get(0, token))
                                .isCloseTo(stored.row(block, head).get(0, token), within(1e-6f));
                    }
                }
            });
        }
    }

    /// The sequence of DINOv2 at its own size: whoever asks for all blocks holds the matrices of one, `A * T * T`.
    @Test
    void matricesOf1370TokensComeBlockAfterBlock() {
        Path model = RandomVit.write(folder.resolve("model"), 6);
        Path target = folder.resolve("study");
        Extraction.run(
                ExtractionOptions.of(resource("picture.png"), model, target).withSize(new Size(296, 296)),
                Progress.NONE);
        List<Integer> blocks = new ArrayList<>();
        try (Study study = Study.open(target);
                ModelAttention attention = ModelAttention.open(study, model)) {
            attention.read(List.of(0), List.of(1, 2), (_, block, matrices) -> {
                blocks.add(block);
                assertThat(matrices.rows()).isEqualTo(RandomVit.HEADS * 1370);
                assertThat(matrices.columns()).isEqualTo(1370);
                for (int row = 0; row < matrices.rows(); row++) {
                    double sum = 0;
                    for (int token = 0; token < 1370; token++) {
                        sum += matrices.get(row, token);
                    }
                    assertThat(sum).isCloseTo(1, within((double) TOLERANCE));
                }
            });
        }
        assertThat(blocks).containsExactly(1, 2);
    }

    @Test
    void rowsOfTheRealModelEqualThoseOfTransformers() throws IOException {
        Path model = Shared.path("models/vit-tiny-patch16-224");
        FloatBuffer golden = floats("tiny.f32");
        List<Integer> places = List.of(1, 6, 12);
        try (Study study = study(model, AttentionStorage.CLS);
                ModelAttention attention = ModelAttention.open(study, model)) {
            attention.read(List.of(0), places, (image, block, matrices) -> {
                for (int head = 0; head < 3; head++) {
                    for (int query = 0; query < 2; query++) {
                        FloatMatrix row = matrices.row(head * 197 + (query == 0 ? 0 : 1 + 5 * 14 + 7));
                        int start = ((places.indexOf(block) * 3 + head) * 2 + query) * 197;
                        for (int token = 0; token < 197; token++) {
                            assertThat(Math.abs(row.get(0, token) - golden.get(start + token)))
                                    .isLessThan(TOLERANCE);
                        }
                    }
                }
            });
        }
    }

    /// numpy multiplies the matrices of transformers in 64 bits; the row of a rollout sums to 1, and so the
    /// tolerance of its numbers is that of the matrices.
    @Test
    void rolloutsEqualThoseThatNumpyMakesOfTransformers() throws IOException {
        compareRollouts("small", resource("small"), 4);
    }

    @Test
    void rolloutsOfTheRealModelEqualThoseThatNumpyMakesOfTransformers() throws IOException {
        compareRollouts("tiny", Shared.path("models/vit-tiny-patch16-224"), 14);
    }

    private void compareRollouts(String name, Path model, int columns) throws IOException {
        int compared = 0;
        try (Study study = study(model, AttentionStorage.NONE);
                ModelAttention attention = ModelAttention.open(study, model)) {
            for (JsonNode golden : JsonMapper.shared().readTree(Files.readAllBytes(resource("rollouts.json")))) {
                if (golden.get("model").asString().equals(name)) {
                    Attention.Result result = Attention.of(study, rollout(golden), Progress.NONE, attention);
                    compare(golden.get("row"), result.rollout().orElseThrow(), columns);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1);
    }

    private static AttentionOptions rollout(JsonNode golden) {
        AttentionOptions defaults = AttentionOptions.defaults();
        return new AttentionOptions(
                defaults.image(),
                defaults.layer(),
                golden.get("head").asString(),
                golden.get("query").asString(),
                false,
                true,
                golden.get("residual").asDouble(),
                golden.get("discard").asDouble(),
                0,
                defaults.maskOutliers(),
                defaults.factor(),
                defaults.scale(),
                defaults.high(),
                defaults.interpolation());
    }

    private static void compare(JsonNode row, TokenReading reading, int columns) {
        assertThat(Math.abs(reading.cls() - row.get(0).asDouble())).isLessThan(TOLERANCE);
        for (int patch = 0; patch < row.size() - 1; patch++) {
            double found = reading.patches().get(patch / columns, patch % columns);
            assertThat(Math.abs(found - row.get(1 + patch).asDouble())).isLessThan(TOLERANCE);
        }
    }

    @Test
    void whatThePatchReadsOnDemandIsARowOfTransformers() throws IOException {
        Path model = Shared.path("models/vit-tiny-patch16-224");
        FloatBuffer golden = floats("tiny.f32");
        try (Study study = study(model, AttentionStorage.NONE);
                ModelAttention attention = ModelAttention.open(study, model)) {
            AttentionOptions options =
                    AttentionOptions.defaults().withQuery("5,7").withHead("2").withLayer(new Layer(6));
            TokenReading chosen =
                    Attention.of(study, options, Progress.NONE, attention).chosen();
            int start = ((3 + 2) * 2 + 1) * 197;
            assertThat(Math.abs(chosen.cls() - golden.get(start))).isLessThan(TOLERANCE);
            for (int patch = 0; patch < 196; patch++) {
                assertThat(Math.abs(chosen.patches().get(patch / 14, patch % 14) - golden.get(start + 1 + patch)))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    /// The picture has 8 bits, so that the model sees the same again; a study in 16 bits rounds numbers up to 1 by
    /// up to 2^-12.
    @Test
    void everyRowOfClsInEveryLayerAndHeadOfTheRealModelIsTheOneThatItsStudyStores() {
        Path model = Shared.path("models/vit-tiny-patch16-224");
        List<Integer> blocks = IntStream.rangeClosed(1, 12).boxed().toList();
        int[] compared = {0};
        try (Study study = study(model, AttentionStorage.CLS);
                ModelAttention attention = ModelAttention.open(study, model)) {
            ClsAttention stored = study.attention(0).orElseThrow();
            attention.read(List.of(0), blocks, (image, block, matrices) -> {
                for (int head = 0; head < 3; head++) {
                    for (int token = 0; token < 197; token++) {
                        float now = matrices.get(head * 197, token);
                        assertThat(Math.abs(now - stored.row(block, head).get(0, token)))
                                .isLessThan(2.5e-4f);
                        compared[0]++;
                    }
                }
            });
        }
        assertThat(compared[0]).isEqualTo(12 * 3 * 197);
    }

    @Test
    void whatClsReadsAgainIsWhatTheStudyStores() {
        try (Study study = study(resource("small"), AttentionStorage.CLS);
                ModelAttention attention = ModelAttention.open(study, resource("small"))) {
            AttentionOptions options =
                    AttentionOptions.defaults().withQuery("2,1").withLayer(new Layer(2));
            Attention.Result result = Attention.of(study, options.withRollout(0.3), Progress.NONE, attention);
            // The picture has 8 bits, so that the stored image is what the model saw; the study rounds to 16 bits,
            // by up to 2^-12 for numbers from 0.5 to 1.
            assertThat(result.origin().computed()).isTrue();
            assertThat(result.origin().difference().orElseThrow()).isLessThan(2.5e-4f);
        }
    }

    @Test
    void otherWeightsAreRefused() throws IOException {
        Path other = copyOfSmall();
        byte[] weights = Files.readAllBytes(other.resolve("model.safetensors"));
        weights[weights.length - 2] ^= 1;
        Files.write(other.resolve("model.safetensors"), weights);
        try (Study study = study(resource("small"), AttentionStorage.NONE)) {
            assertThatThrownBy(() -> ModelAttention.open(study, other))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("has other weights than the model that made the study")
                    .hasMessageEndingWith("Give the model of the study with --model FOLDER.");
        }
    }

    @Test
    void anotherPreprocessingIsRefused() throws IOException {
        Path other = copyOfSmall();
        Path config = other.resolve("preprocessor_config.json");
        Files.writeString(config, Files.readString(config).replace("0.5", "0.25"));
        try (Study study = study(resource("small"), AttentionStorage.NONE)) {
            assertThatThrownBy(() -> ModelAttention.open(study, other))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("prepares images in another way");
        }
    }

    @Test
    void theModelIsFoundByItsNameAndProvedByItsChecksum() throws IOException {
        Path right = copyOfSmall();
        Path wrongParent = Files.createDirectory(folder.resolve("wrong"));
        Files.createDirectory(wrongParent.resolve("small"));
        try (Study study = study(right, AttentionStorage.NONE)) {
            ModelSearch search = new ModelSearch(List.of(wrongParent, right.resolve("..")), List.of());
            assertThat(search.find(study.manifest().model())).isEqualTo(right.resolve("../small"));
            assertThatThrownBy(() -> new ModelSearch(List.of(wrongParent), List.of())
                            .find(study.manifest().model()))
                    .hasMessageContaining("is no model that can be read")
                    .hasMessageEndingWith("Give it with --model FOLDER.");
            assertThatThrownBy(() -> new ModelSearch(List.of(folder), List.of())
                            .find(study.manifest().model()))
                    .hasMessageContaining("made the study, and is not at hand: nothing of that name is in");
        }
    }

    @Test
    void aDownloadedModelIsFoundInTheCache() throws IOException {
        Path snapshot =
                Files.createDirectories(folder.resolve("hub/models--someone--small/snapshots/" + "0".repeat(40)));
        copy(snapshot);
        try (Study study = study(resource("small"), AttentionStorage.NONE)) {
            ModelSearch search = new ModelSearch(List.of(), List.of(folder.resolve("hub")));
            assertThat(search.find(study.manifest().model())).isEqualTo(snapshot);
        }
    }

    private Path copyOfSmall() throws IOException {
        Path target = Files.createDirectories(folder.resolve("models/small"));
        copy(target);
        return target;
    }

    private static void copy(Path target) throws IOException {
        for (String name : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.copy(resource("small/" + name), target.resolve(name));
        }
    }
}
