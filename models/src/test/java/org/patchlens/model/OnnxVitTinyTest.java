package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchlens.Shared;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// The real model ViT-Ti/16 as somebody exported it gives what its weights give.
///
/// Oracle: the safetensors route, which is held against transformers. Tolerance: 32-bit results of this model are
/// 4e-4 away from a computation in 64 bits, with values up to 37.
class OnnxVitTinyTest {
    private static final int SIZE = 224;
    private static final double MAX_DIFFERENCE = 1e-3;

    @Test
    void tokensAndAttentionOfAllLayersAreThoseOfTheSafetensorsFile() {
        List<Layer> layers = Stream.concat(IntStream.rangeClosed(0, 12).mapToObj(Layer::new), Stream.of(Layer.LAST))
                .toList();
        Path folder = Shared.path("models/vit-tiny-patch16-224");
        FloatMatrix pixels = new Golden(folder.resolve("reference_io.safetensors"))
                .get("pixel_values")
                .reshape(2, 3 * SIZE * SIZE);
        try (ImageEncoder exported = ImageEncoder.load(folder.resolve("model.onnx"));
                ImageEncoder stored = ImageEncoder.load(folder)) {
            VitRequest all = new VitRequest(SIZE, SIZE, layers, AttentionRequest.CLS);
            VitOutput actual = run(exported, all, pixels);
            VitOutput expected = run(stored, all, pixels);
            for (Layer layer : layers) {
                expectClose(actual.tokens(layer), expected.tokens(layer));
            }
            var actualCls = (AttentionOutput.Cls) actual.attention();
            var expectedCls = (AttentionOutput.Cls) expected.attention();
            expectClose(actualCls.rows(), expectedCls.rows());
            expectClose(actualCls.rollout(), expectedCls.rollout());
            for (int block = 1; block <= 12; block++) {
                VitRequest one = new VitRequest(SIZE, SIZE, List.of(), new AttentionRequest.OfBlock(block));
                expectClose(
                        ((AttentionOutput.OfBlock) run(exported, one, pixels).attention()).matrices(),
                        ((AttentionOutput.OfBlock) run(stored, one, pixels).attention()).matrices());
            }
        }
    }

    @Test
    void theFactsOfTheModelAreThoseOfTheSafetensorsFile() {
        Path folder = Shared.path("models/vit-tiny-patch16-224");
        try (OnnxVitModel exported = OnnxVitModel.load(folder.resolve("model.onnx"));
                VitModel stored = VitModel.load(folder)) {
            assertThat(exported.contents().readable()).isEqualTo("tokens of 12 layers, attention of 12");
            assertThat(exported.layout()).isEqualTo(stored.layout());
            assertThat(exported.description().heads()).isEqualTo(3);
            assertThat(exported.description().trainedSize()).isEqualTo(SIZE);
            assertThat(exported.description().dtype()).isEqualTo("F32");
            // as stated where the model came from
            assertThat(exported.description().sha256())
                    .isEqualTo("a9a5eaf1267c587f154128da29823c217ff7887d247abb300b38d0cc68d67bf0");
        }
    }

    private static VitOutput run(ImageEncoder model, VitRequest request, FloatMatrix pixels) {
        try (VitSession session = model.open(request)) {
            return session.run(pixels);
        }
    }

    private static void expectClose(FloatMatrix actual, FloatMatrix expected) {
        assertThat(Parity.maxDifference(actual, expected)).isLessThan(MAX_DIFFERENCE);
        assertThat(Parity.minCosine(actual, expected)).isGreaterThan(0.99999);
    }
}
