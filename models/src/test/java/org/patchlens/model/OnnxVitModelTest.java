package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.tensor.FloatMatrix;

class OnnxVitModelTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        swin     | residual sums
        convnext | the graph has no attention, but 8 convolutions; it is no Vision Transformer
        hybrid   | its first of 2 convolutions has the kernel [3, 3] and the steps [2, 2]
        """)
    void aGraphThatIsNoPlainVisionTransformerIsRefused(String name, String reason) {
        assertThatThrownBy(() -> OnnxVitModel.load(Resources.path("exports/refused/" + name + ".onnx")))
                .isInstanceOfSatisfying(
                        PatchlensException.class,
                        e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA))
                .hasMessageContaining(reason);
    }

    @Test
    void attentionThatTheGraphDoesNotReturnIsRefusedWithTheOperatorThatHidesIt() {
        try (OnnxVitModel model = load("vit/packed-attention-int8.onnx")) {
            assertThatThrownBy(() -> model.open(new VitRequest(16, 16, List.of(), AttentionRequest.CLS)))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("tokens of 2 layers, attention of 0: the graph uses QAttention");
        }
    }

    @Test
    void anotherSizeThanTheExportedOneIsRefused() {
        try (OnnxVitModel model = load("vit/eager-legacy-17.onnx")) {
            assertThatThrownBy(() -> model.grid(32, 32))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("Use 16 x 16");
        }
    }

    @Test
    void aLayerThatTheModelDoesNotHaveIsRefused() {
        try (OnnxVitModel model = load("vit/eager-legacy-17.onnx")) {
            assertThatThrownBy(() -> model.open(VitRequest.ofTokens(16, 16, List.of(new Layer(3)))))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("the model has the layers 0 to 2, and last");
        }
    }

    @Test
    void aPatchesOnlyModelHasNoClsAttention() {
        try (OnnxVitModel model = load("timm-patches/classifier-legacy-17.onnx")) {
            assertThatThrownBy(() -> model.open(new VitRequest(16, 16, List.of(), AttentionRequest.CLS)))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("no CLS token");
        }
    }

    @Test
    void weightsInAnotherFileBelongToTheChecksum() {
        try (OnnxVitModel inside = load("vit/eager-legacy-17.onnx");
                OnnxVitModel outside = load("vit/external.onnx")) {
            assertThat(outside.contents().files()).hasSize(2);
            assertThat(outside.description().sha256())
                    .isNotEqualTo(inside.description().sha256());
            assertThat(outside.description().parameters())
                    .isEqualTo(inside.description().parameters());
        }
    }

    /// Nothing in the operators that a Vision Transformer needs has changed since version 23.
    @ParameterizedTest
    @ValueSource(ints = {24, 25, 26})
    void laterVersionsOfTheOperatorsAreComputed(int version, @TempDir Path folder) throws IOException {
        Path earlier = Resources.path("exports/vit/sdpa-dynamo-23.onnx");
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(earlier)).toBuilder();
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(23);
        model.getOpsetImportBuilder(0).setVersion(version);
        Path later = Files.write(folder.resolve("later.onnx"), model.build().toByteArray());

        FloatMatrix pixels = new Golden(Resources.path("exports/vit/expected.safetensors")).get("pixels");
        VitRequest request = new VitRequest(16, 16, List.of(new Layer(1), Layer.LAST), AttentionRequest.CLS);
        try (OnnxVitModel known = OnnxVitModel.load(earlier);
                OnnxVitModel unknown = OnnxVitModel.load(later)) {
            assertThat(unknown.contents().readable()).isEqualTo("tokens of 2 layers, attention of 2");
            assertThat(unknown.open(request).run(pixels).tokens())
                    .isEqualTo(known.open(request).run(pixels).tokens());
        }
    }

    @Test
    void severalThreadsGetTheBytesOfOne() throws InterruptedException, ExecutionException {
        Golden golden = new Golden(Resources.path("exports/vit/expected.safetensors"));
        FloatMatrix pixels = golden.get("pixels");
        VitRequest request = new VitRequest(16, 16, List.of(new Layer(1), Layer.LAST), AttentionRequest.CLS);
        try (OnnxVitModel model = load("vit/sdpa-dynamo-23.onnx");
                VitSession session = model.open(request);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            VitOutput alone = session.run(pixels);
            List<Future<VitOutput>> outputs = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                outputs.add(threads.submit(() -> session.run(pixels)));
            }
            for (Future<VitOutput> output : outputs) {
                assertThat(output.get().tokens()).isEqualTo(alone.tokens());
            }
        }
    }

    private static OnnxVitModel load(String export) {
        return OnnxVitModel.load(Resources.path("exports/" + export));
    }
}
