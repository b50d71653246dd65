package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.Shared;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// The real model ViT-Ti/16 against what transformers computes with it (torch, 32-bit floats, eager attention).
///
/// Oracle: reference_io.safetensors beside the model (transformers 5.18) and `tools/reference/vit.py` (5.23).
/// Tolerance: the reference itself is 4e-4 away from a computation in 64 bits, with values up to 37.
class VitTinyTest {
    private static final double MAX_DIFFERENCE = 1e-3;
    private static final double MIN_COSINE = 0.9999;
    private static final int BLOCKS = 12;
    private static final int HEADS = 3;

    @Test
    void tokensAndAttentionAreThoseOfTransformers() {
        Golden reference = reference();
        FloatMatrix pixels = reference.get("pixel_values").reshape(2, 3 * 224 * 224);
        VitRequest request =
                new VitRequest(224, 224, List.of(new Layer(6), Layer.LAST), new AttentionRequest.OfBlock(BLOCKS));
        try (VitModel model = model();
                VitSession session = model.open(request)) {
            VitOutput output = session.run(pixels);
            expectClose(output.tokens(new Layer(6)), reference.get("hidden_states.6"));
            expectClose(output.tokens(Layer.LAST), reference.get("last_hidden_state"));
            var attention = (AttentionOutput.OfBlock) output.attention();
            expectClose(attention.matrices().rows(0, HEADS * 197), reference.get("attentions.11"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {224, 448})
    void everyLayerIsThatOfTransformers(int size) {
        Golden golden = new Golden(Resources.path("vit-tiny/" + size + ".safetensors"));
        FloatMatrix pickedRows = golden.get("rows");
        FloatMatrix hidden = golden.get("hidden");
        List<Layer> layers = Stream.concat(IntStream.rangeClosed(0, BLOCKS).mapToObj(Layer::new), Stream.of(Layer.LAST))
                .toList();
        try (VitModel model = model();
                VitSession session = model.open(new VitRequest(size, size, layers, AttentionRequest.CLS))) {
            VitOutput output = session.run(picture(size));
            for (int i = 0; i < layers.size(); i++) {
                FloatMatrix tokens = output.tokens(layers.get(i));
                int picked = pickedRows.columns();
                expectClose(rows(tokens, pickedRows), hidden.rows(i * picked, (i + 1) * picked));
                assertThat(meanMagnitude(tokens))
                        .isCloseTo(golden.get("hidden.mean").get(0, i), offset(MAX_DIFFERENCE));
            }
            var attention = (AttentionOutput.Cls) output.attention();
            expectClose(attention.rollout(), golden.get("rollout"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {224, 448})
    void attentionOfEveryBlockIsThatOfTransformers(int size) {
        Golden golden = new Golden(Resources.path("vit-tiny/" + size + ".safetensors"));
        FloatMatrix pickedRows = FloatMatrix.zeros(1, 3);
        pickedRows.copyFrom(golden.get("rows").reshape(5, 1).rows(0, 3).reshape(1, 3));
        FloatMatrix expected = golden.get("attention");
        try (VitModel model = model()) {
            for (int block = 1; block <= BLOCKS; block++) {
                VitRequest request = new VitRequest(size, size, List.of(), new AttentionRequest.OfBlock(block));
                try (VitSession session = model.open(request)) {
                    var attention =
                            (AttentionOutput.OfBlock) session.run(picture(size)).attention();
                    for (int head = 0; head < HEADS; head++) {
                        int first = ((block - 1) * HEADS + head) * 3;
                        expectClose(rows(attention.matrix(0, head), pickedRows), expected.rows(first, first + 3));
                    }
                }
            }
        }
    }

    /// The weights are those of the model above, rounded to 16 bits, which moves tokens by 5e-3 on average.
    @ParameterizedTest
    @ValueSource(strings = {"vit-tiny-patch16-224/fp16", "vit-tiny-patch16-224-imagenet"})
    void halfPrecisionWeightsGiveNearlyTheSameTokens(String folder) {
        FloatMatrix expected = reference().get("last_hidden_state").rows(0, 197);
        try (VitModel model = VitModel.load(Shared.path("models/" + folder));
                VitSession session = model.open(VitRequest.ofTokens(224, 224, List.of(Layer.LAST)))) {
            assertThat(model.description().dtype()).isEqualTo("F16");
            assertThat(model.description().parameters()).isEqualTo(5_524_416);
            VitOutput output = session.run(picture(224));
            assertThat(Parity.minCosine(output.tokens(Layer.LAST), expected)).isGreaterThan(0.9999);
        }
    }

    /// That it is so is a property of the graph and of ONNX Runtime's kernels on this processor, not of
    /// arithmetic: every row of a product is added up in the same order whatever the number of rows.
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8})
    void aPictureGivesTheSameBytesInABatchOfAnySize(int images) {
        FloatMatrix picture = picture(224);
        FloatMatrix batch = FloatMatrix.zeros(images, picture.columns());
        batch.row(images - 1).copyFrom(picture);
        VitRequest request = new VitRequest(224, 224, List.of(Layer.LAST), AttentionRequest.CLS);
        try (VitModel model = model();
                VitSession session = model.open(request)) {
            VitOutput alone = session.run(picture);
            VitOutput together = session.run(batch);
            assertThat(together.tokens(Layer.LAST, images - 1)).isEqualTo(alone.tokens(Layer.LAST));
            assertThat(((AttentionOutput.Cls) together.attention()).of(images - 1))
                    .isEqualTo(((AttentionOutput.Cls) alone.attention()).of(0));
        }
    }

    @Test
    void theChecksumIsThatOfTheFile() {
        try (VitModel model = model()) {
            // as stated where the model came from
            assertThat(model.description().sha256())
                    .isEqualTo("0bb8e33972cb3e6bcad36f8ea7479b6835c0e4ba1cd2166e658dc78b9bd4f336");
        }
    }

    private static VitModel model() {
        return VitModel.load(Shared.path("models/vit-tiny-patch16-224"));
    }

    private static Golden reference() {
        return new Golden(Shared.path("models/vit-tiny-patch16-224/reference_io.safetensors"));
    }

    /// The first picture of the reference; at 448 every pixel is repeated twice in both directions.
    private static FloatMatrix picture(int size) {
        FloatMatrix source = reference().get("pixel_values").rows(0, 3 * 224);
        int factor = size / 224;
        FloatMatrix picture = FloatMatrix.zeros(3 * size, size);
        for (int row = 0; row < picture.rows(); row++) {
            int plane = row / size;
            for (int column = 0; column < size; column++) {
                picture.set(row, column, source.get(plane * 224 + row % size / factor, column / factor));
            }
        }
        return picture.reshape(1, 3 * size * size);
    }

    private static FloatMatrix rows(FloatMatrix matrix, FloatMatrix picked) {
        List<FloatMatrix> rows = new ArrayList<>();
        for (int i = 0; i < picked.columns(); i++) {
            rows.add(matrix.row((int) picked.get(0, i)));
        }
        FloatMatrix result = FloatMatrix.zeros(rows.size(), matrix.columns());
        for (int i = 0; i < rows.size(); i++) {
            result.row(i).copyFrom(rows.get(i));
        }
        return result;
    }

    private static double meanMagnitude(FloatMatrix matrix) {
        double sum = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                sum += Math.abs(matrix.get(row, column));
            }
        }
        return sum / matrix.size();
    }

    private static void expectClose(FloatMatrix actual, FloatMatrix expected) {
        assertThat(Parity.maxDifference(actual, expected)).isLessThan(MAX_DIFFERENCE);
        assertThat(Parity.minCosine(actual, expected)).isGreaterThan(MIN_COSINE);
    }
}
