package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// What a session computes with: threads never change a byte, 8-bit integers change little, and devices are there
/// or are refused.
class ComputationTest {
    private static final Path TINY = Path.of("models/vit-tiny-patch16-224");
    private static final Computation INT8 = Computation.PLAIN.withPrecision(Precision.INT8);

    /// Sums of a product are cut by rows and columns of the result, never along the sum.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsOfARunDoNotChangeAByte(int threads) {
        try (VitModel model = VitModel.load(Shared.path(TINY.toString()))) {
            for (Precision precision : Precision.values()) {
                Computation one = Computation.PLAIN.withPrecision(precision);
                assertThat(tokens(model, one.withThreads(threads), AttentionRequest.CLS))
                        .isEqualTo(tokens(model, one, AttentionRequest.CLS));
            }
        }
    }

    /// The oracle is the same model in 32-bit floats, which is held against transformers elsewhere. A trained
    /// model of the smallest size loses most; 0.98 is what extraction asks for.
    @Test
    void eightBitsKeepTheTokensOfATrainedModel() {
        try (VitModel model = VitModel.load(Shared.path(TINY.toString()))) {
            VitOutput exact = tokens(model, Computation.PLAIN, AttentionRequest.NONE);
            VitOutput rounded = tokens(model, INT8, AttentionRequest.NONE);
            for (Layer layer : exact.layers()) {
                assertThat(rounded.tokens(layer)).isNotEqualTo(exact.tokens(layer));
                assertThat(Parity.meanCosine(rounded.tokens(layer), exact.tokens(layer)))
                        .isGreaterThan(0.98);
            }
        }
    }

    /// Every family has its own linear maps; with 8 bits none of them may be forgotten or mixed up.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vit/plain",
                "vit/bfloat",
                "vit/classifier-no-bias-wide",
                "dinov3_vit/two-registers",
                "timm/cls-classifier",
                "clip/tower",
                "siglip/tower"
            })
    void eightBitsKeepTheTokensOfEveryFamily(String folder) {
        try (VitModel model = VitModel.load(Resources.path(folder))) {
            VitOutput exact = random(model, Computation.PLAIN);
            VitOutput rounded = random(model, INT8);
            assertThat(Parity.meanCosine(rounded.tokens(Layer.LAST), exact.tokens(Layer.LAST)))
                    .isGreaterThan(0.98);
        }
    }

    @ParameterizedTest
    @EnumSource(Device.class)
    void aDeviceThatOnnxRuntimeDoesNotHaveIsRefusedInASentence(Device device) {
        Assumptions.assumeFalse(OrtEnvironment.getAvailableProviders().contains(device.provider()));
        try (VitModel model = VitModel.load(Resources.path("vit/plain"))) {
            Computation computation = new Computation(Precision.FP32, device, 1);
            assertThatThrownBy(() -> model.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST)), computation))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageMatching("\\[device " + device + "] the ONNX Runtime of this program computes on"
                            + " cpu.* alone\\. Use --device cpu.*");
        }
    }

    @Test
    void eightBitsOnADeviceAreRefused() {
        try (VitModel model = VitModel.load(Resources.path("vit/plain"))) {
            Computation computation = new Computation(Precision.INT8, Device.CUDA, 1);
            assertThatThrownBy(() -> model.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST)), computation))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("8-bit integers are computed on the processor, and cuda was asked for");
        }
    }

    @Test
    void aForeignGraphKeepsItsOwnNumbers() {
        try (OnnxVitModel model = OnnxVitModel.load(Resources.path("exports/vit/eager-legacy-17.onnx"))) {
            int side = model.description().trainedSize();
            assertThatThrownBy(() -> model.open(VitRequest.ofTokens(side, side, List.of(Layer.LAST)), INT8))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("is computed with the numbers that it was exported with");
        }
    }

    private static VitOutput tokens(VitModel model, Computation computation, AttentionRequest attention) {
        VitRequest request = new VitRequest(224, 224, List.of(new Layer(6), Layer.LAST), attention);
        FloatMatrix pixels = new Golden(
                        Shared.path(TINY.resolve("reference_io.safetensors").toString()))
                .get("pixel_values")
                .rows(0, 3 * 224)
                .reshape(1, 3 * 224 * 224);
        try (VitSession session = model.open(request, computation)) {
            return session.run(pixels);
        }
    }

    private static VitOutput random(VitModel model, Computation computation) {
        int height = model.architecture().imageHeight();
        int width = model.architecture().imageWidth();
        FloatMatrix pixels = FloatMatrix.zeros(1, model.architecture().channels() * height * width);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pixels.columns(); i++) {
            pixels.set(0, i, (float) random.nextGaussian());
        }
        VitRequest request = VitRequest.ofTokens(height, width, List.of(Layer.LAST));
        try (VitSession session = model.open(request, computation)) {
            return session.run(pixels);
        }
    }
}
