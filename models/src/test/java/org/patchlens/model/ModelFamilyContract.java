package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.AttentionRequest;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.tensor.FloatMatrix;

/// What every family keeps: on small models with random weights, tokens of all layers and attention of all blocks
/// are those of the transformers library.
///
/// Oracle: `expected.safetensors` beside each model, written by `tools/reference/`. Tolerance: both sides compute
/// in 32-bit floats and add in different orders; with three blocks of 32 dimensions the difference stays below a
/// hundred thousandth of the largest value, and 1e-4 is allowed.
public interface ModelFamilyContract {
    double RELATIVE = 1e-4;
    double MIN_COSINE = 0.99999;

    /// Folders with `config.json`, `model.safetensors` and `expected.safetensors`.
    Stream<Path> models();

    @TestFactory
    default Stream<DynamicTest> tokensOfEveryLayerAreThoseOfTransformers() {
        return cases("tokens", example -> {
            VitOutput output = example.run(example.layers(), AttentionRequest.NONE);
            for (Layer layer : example.layers()) {
                expectClose(output.tokens(layer), example.expected("hidden." + layer));
            }
        });
    }

    @TestFactory
    default Stream<DynamicTest> attentionOfEveryBlockIsThatOfTransformersAndItsRowsSumToOne() {
        return cases("attention", example -> {
            for (int block = 1; block <= example.model().architecture().layers(); block++) {
                VitOutput output = example.run(List.of(), new AttentionRequest.OfBlock(block));
                FloatMatrix matrices = ((AttentionOutput.OfBlock) output.attention()).matrices();
                expectClose(matrices, example.expected("attention." + block));
                for (int row = 0; row < matrices.rows(); row++) {
                    assertThat(sum(matrices, row)).isCloseTo(1, within(1e-5));
                }
            }
        });
    }

    @TestFactory
    default Stream<DynamicTest> clsRowsAreRowsOfTheMatricesAndTheRolloutIsTheirProduct() {
        return cases("cls", example -> {
            if (example.model().layout().cls().isEmpty()) {
                return;
            }
            int cls = example.model().layout().cls().getAsInt();
            VitOutput output = example.run(List.of(Layer.LAST), AttentionRequest.CLS);
            AttentionOutput.Cls attention = (AttentionOutput.Cls) output.attention();
            expectClose(attention.rollout(), example.expected("rollout"));
            for (int image = 0; image < output.images(); image++) {
                ClsAttention ofImage = attention.of(image);
                for (int block = 1; block <= ofImage.layers(); block++) {
                    FloatMatrix matrices = example.expected("attention." + block);
                    for (int head = 0; head < ofImage.heads(); head++) {
                        int row = (image * ofImage.heads() + head) * output.tokensPerImage() + cls;
                        expectClose(ofImage.row(block, head), matrices.row(row));
                    }
                }
            }
        });
    }

    @TestFactory
    default Stream<DynamicTest> askingForLessGivesTheSameBytes() {
        return cases("subset", example -> {
            VitOutput all = example.run(example.layers(), AttentionRequest.NONE);
            for (Layer layer : example.layers()) {
                VitOutput one = example.run(List.of(layer), AttentionRequest.NONE);
                assertThat(one.tokens(layer)).isEqualTo(all.tokens(layer));
            }
        });
    }

    private Stream<DynamicTest> cases(String what, Consumer<Example> check) {
        return models().flatMap(folder -> new Golden(folder.resolve("expected.safetensors"))
                .namesBefore(".pixels").stream()
                        .map(size -> DynamicTest.dynamicTest(folder.getFileName() + " " + size + " " + what, () -> {
                            try (VitModel model = VitModel.load(folder)) {
                                check.accept(
                                        new Example(model, size, new Golden(folder.resolve("expected.safetensors"))));
                            }
                        })));
    }

    private static double sum(FloatMatrix matrix, int row) {
        return IntStream.range(0, matrix.columns())
                .mapToDouble(column -> matrix.get(row, column))
                .sum();
    }

    private static void expectClose(FloatMatrix actual, FloatMatrix expected) {
        assertThat(Parity.maxDifference(actual, expected)).isLessThanOrEqualTo(RELATIVE * Parity.largest(expected));
        assertThat(Parity.minCosine(actual, expected)).isGreaterThan(MIN_COSINE);
    }

    /// One model at one size.
    ///
    /// @param size height and width, such as `28x12`
    record Example(VitModel model, String size, Golden golden) {
        List<Layer> layers() {
            return Stream.concat(
                            IntStream.rangeClosed(0, model.architecture().layers())
                                    .mapToObj(Layer::new),
                            Stream.of(Layer.LAST))
                    .toList();
        }

        FloatMatrix expected(String name) {
            return golden.get(size + "." + name);
        }

        VitOutput run(List<Layer> layers, AttentionRequest attention) {
            int x = size.indexOf('x');
            VitRequest request = new VitRequest(
                    Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)), layers, attention);
            try (VitSession session = model.open(request)) {
                return session.run(expected("pixels"));
            }
        }
    }
}
