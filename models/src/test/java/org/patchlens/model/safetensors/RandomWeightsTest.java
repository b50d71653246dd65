package org.patchlens.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.model.VitModel;

/// A random model has the architecture of its original, other weights, and the same ones for the same seed.
class RandomWeightsTest {
    @TempDir
    Path folder;

    @Test
    void aRandomModelLoadsAsItsOriginalDoes() throws IOException {
        Path original = Shared.path("models/vit-tiny-patch16-224");
        Path first = RandomWeights.write(original, 1, folder.resolve("a"));
        Path again = RandomWeights.write(original, 1, folder.resolve("b"));
        Path other = RandomWeights.write(original, 2, folder.resolve("c"));
        assertThat(first.getFileName()).hasToString("vit-tiny-patch16-224-random-1");
        assertThat(Files.mismatch(first.resolve("model.safetensors"), again.resolve("model.safetensors")))
                .isEqualTo(-1);
        assertThat(Files.mismatch(first.resolve("model.safetensors"), other.resolve("model.safetensors")))
                .isPositive();
        try (VitModel random = VitModel.load(first);
                VitModel trained = VitModel.load(original)) {
            assertThat(random.architecture()).isEqualTo(trained.architecture());
            assertThat(random.description().parameters())
                    .isEqualTo(trained.description().parameters());
            assertThat(random.description().sha256())
                    .isNotEqualTo(trained.description().sha256());
        }
        check(first);
    }

    private static void check(Path model) {
        for (StoredTensor tensor : Checkpoint.open(model).tensors().values()) {
            float[] values =
                    TensorReader.read(tensor, 1, (int) tensor.elements()).rowToArray(0);
            if (tensor.shape().size() == 1) {
                assertThat(values).containsOnly(tensor.name().endsWith("bias") ? 0f : 1f);
            } else {
                double squares = 0;
                for (float value : values) {
                    assertThat(Math.abs(value)).isLessThanOrEqualTo(0.04f);
                    squares += value * value;
                }
                // a normal cut at two deviations has 0.88 of its deviation; few numbers scatter
                if (values.length > 10_000) {
                    assertThat(Math.sqrt(squares / values.length)).isCloseTo(0.0176, within(0.0005));
                }
            }
        }
    }

    @Test
    void anOnnxFileHasNoShapeToGoBy() {
        assertThatThrownBy(() -> RandomWeights.write(Path.of("model.onnx"), 1, folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[--random-weights] needs a model folder with config.json; model.onnx is none.");
    }
}
