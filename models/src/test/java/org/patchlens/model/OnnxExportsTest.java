package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// Every usual way of exporting a Vision Transformer gives the same tokens and attention.
///
/// Oracle: torch on the model that was exported, `tools/reference/onnx_exports.py`. Tolerance: 32-bit floats added
/// in different orders stay below 1e-4 of the largest value after two blocks of 32 dimensions. 16-bit floats have
/// a spacing of 2^-11; some thirty roundings in a row, of sums of up to 64 products, are allowed 2 % of the
/// largest value. 8-bit weights and activations have a spacing of 2^-8 of the largest one; the direction of every
/// token keeps a cosine of 0.98, and attention, where it can be read, moves by 0.15 at most.
class OnnxExportsTest {
    private static final Path EXPORTS = Resources.path("exports");
    private static final int SIDE = 16;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;

    @TestFactory
    Stream<DynamicTest> tokensOfEveryLayerAreThoseOfTorch() throws IOException {
        return cases(example -> {
            VitOutput output = example.run(layers(), AttentionRequest.NONE);
            for (Layer layer : layers()) {
                example.precision().expectTokens(output.tokens(layer), example.expected("hidden." + layer));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> attentionOfEveryBlockIsThatOfTorchAndItsRowsSumToOne() throws IOException {
        return cases(example -> {
            assertThat(example.model().contents().readable())
                    .isEqualTo("tokens of 2 layers, attention of " + example.readable() + example.reason());
            for (int block = 1; block <= example.readable(); block++) {
                VitOutput output = example.run(List.of(), new AttentionRequest.OfBlock(block));
                FloatMatrix matrices = ((AttentionOutput.OfBlock) output.attention()).matrices();
                example.precision().expectAttention(matrices, example.expected("attention." + block));
                for (int row = 0; row < matrices.rows(); row++) {
                    int from = row;
                    double sum = IntStream.range(0, matrices.columns())
                            .mapToDouble(column -> matrices.get(from, column))
                            .sum();
                    assertThat(sum).isCloseTo(1, within(example.precision() == Precision.HALF ? 1e-2 : 1e-5));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> clsRowsAreRowsOfTheMatricesAndTheRolloutIsTheirProduct() throws IOException {
        return cases(example -> {
            if (example.model().layout().cls().isEmpty() || example.readable() == 0) {
                return;
            }
            VitOutput output = example.run(List.of(Layer.LAST), AttentionRequest.CLS);
            AttentionOutput.Cls attention = (AttentionOutput.Cls) output.attention();
            example.precision().expectAttention(attention.rollout(), example.expected("rollout"));
            for (int image = 0; image < output.images(); image++) {
                for (int block = 1; block <= LAYERS; block++) {
                    FloatMatrix matrices = example.expected("attention." + block);
                    for (int head = 0; head < HEADS; head++) {
                        FloatMatrix row = matrices.row((image * HEADS + head) * output.tokensPerImage());
                        example.precision().expectAttention(attention.of(image).row(block, head), row);
                    }
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatTheModelIsIsFoundInTheGraph() throws IOException {
        return cases(example -> {
            assertThat(example.model().description().layers()).isEqualTo(LAYERS);
            assertThat(example.model().description().heads()).isEqualTo(example.readable() == 0 ? 0 : HEADS);
            assertThat(example.model().description().dimensions()).isEqualTo(32);
            assertThat(example.model().description().patchSize()).isEqualTo(4);
            assertThat(example.model().description().trainedSize()).isEqualTo(SIDE);
            assertThat(example.model().description().dtype())
                    .isEqualTo(
                            switch (example.precision()) {
                                case SINGLE -> "F32";
                                case HALF -> "F16";
                                case INT8 -> "I8";
                            });
            assertThat(example.model().layout()).isEqualTo(layout(example.folder()));
        });
    }

    private static TokenLayout layout(String folder) {
        return switch (folder) {
            case "dinov2-with-registers", "timm-registers" -> TokenLayout.clsAndRegisters(3);
            case "siglip", "timm-patches" -> TokenLayout.PATCHES_ONLY;
            default -> TokenLayout.CLS_AND_PATCHES;
        };
    }

    private static List<Layer> layers() {
        return Stream.concat(IntStream.rangeClosed(0, LAYERS).mapToObj(Layer::new), Stream.of(Layer.LAST))
                .toList();
    }

    private interface Check {
        void accept(Example example);
    }

    private static Stream<DynamicTest> cases(Check check) throws IOException {
        try (Stream<Path> files = Files.walk(EXPORTS)) {
            List<Path> exports = files.filter(file -> file.toString().endsWith(".onnx"))
                    .filter(file ->
                            !file.getName(file.getNameCount() - 2).toString().equals("refused"))
                    .sorted()
                    .toList();
            assertThat(exports).hasSizeGreaterThan(25);
            return exports.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(EXPORTS.relativize(file).toString(), () -> {
                                try (OnnxVitModel model = OnnxVitModel.load(file)) {
                                    Golden golden = new Golden(file.resolveSibling("expected.safetensors"));
                                    check.accept(new Example(file, model, golden));
                                }
                            }));
        }
    }

    private enum Precision {
        SINGLE,
        HALF,
        INT8;

        static Precision of(String name) {
            return name.contains("int8") ? INT8 : name.contains("half") ? HALF : SINGLE;
        }

        void expectTokens(FloatMatrix actual, FloatMatrix expected) {
            switch (this) {
                case SINGLE -> expectWithin(actual, expected, 1e-4 * Parity.largest(expected));
                case HALF -> expectWithin(actual, expected, 2e-2 * Parity.largest(expected));
                case INT8 -> assertThat(Parity.minCosine(actual, expected)).isGreaterThan(0.98);
            }
        }

        void expectAttention(FloatMatrix actual, FloatMatrix expected) {
            switch (this) {
                case SINGLE -> expectWithin(actual, expected, 1e-4);
                case HALF -> expectWithin(actual, expected, 2e-2);
                case INT8 -> expectWithin(actual, expected, 0.15);
            }
        }

        private static void expectWithin(FloatMatrix actual, FloatMatrix expected, double tolerance) {
            assertThat(Parity.maxDifference(actual, expected)).isLessThanOrEqualTo(tolerance);
        }
    }

    private record Example(Path file, OnnxVitModel model, Golden golden) {
        String folder() {
            return file.getName(file.getNameCount() - 2).toString();
        }

        Precision precision() {
            return Precision.of(file.getName(file.getNameCount() - 1).toString());
        }

        /// The quantized fused operator is the one whose attention cannot be had.
        int readable() {
            return file.endsWith("packed-attention-int8.onnx") ? 0 : LAYERS;
        }

        String reason() {
            return readable() == 0 ? ": the graph uses QAttention, which does not return its softmax" : "";
        }

        FloatMatrix expected(String name) {
            return golden.get(name);
        }

        VitOutput run(List<Layer> layers, AttentionRequest attention) {
            try (VitSession session = model.open(new VitRequest(SIDE, SIDE, layers, attention))) {
                return session.run(golden.get("pixels"));
            }
        }
    }
}
