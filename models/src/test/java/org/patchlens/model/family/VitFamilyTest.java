package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.TensorRole;

/// Oracle: `tools/reference/vit.py`, transformers 5.23.0.
class VitFamilyTest implements ModelFamilyContract {
    @Override
    public Stream<Path> models() {
        return Stream.of(
                        "plain",
                        "names-in-memory",
                        "classifier-no-bias-wide",
                        "gelu-tanh-one-head",
                        "quick-gelu",
                        "half",
                        "bfloat")
                .map(name -> Resources.path("vit/" + name));
    }

    @Test
    void theConfigurationBecomesAnArchitecture() {
        try (VitModel model = VitModel.load(Resources.path("vit/classifier-no-bias-wide"))) {
            var architecture = model.architecture();
            assertThat(architecture.mlp().activation()).isEqualTo(Activation.RELU);
            assertThat(architecture.imageHeight()).isEqualTo(12);
            assertThat(architecture.imageWidth()).isEqualTo(20);
            assertThat(architecture.has(TensorRole.KEY_BIAS)).isFalse();
            assertThat(architecture.has(TensorRole.ATTENTION_OUTPUT_BIAS)).isTrue();
        }
    }

    @Test
    void headsAreIgnoredAndNamed() {
        try (VitModel classifier = VitModel.load(Resources.path("vit/classifier-no-bias-wide"));
                VitModel pooled = VitModel.load(Resources.path("vit/plain"))) {
            assertThat(classifier.contents().ignoredTensors()).containsExactly("classifier.bias", "classifier.weight");
            assertThat(pooled.contents().ignoredTensors()).containsExactly("pooler.dense.bias", "pooler.dense.weight");
        }
    }

    @Test
    void anInspectionTellsSizesWeightsAndTheirChecksum() {
        try (VitModel model = VitModel.load(Resources.path("vit/half"))) {
            ModelDescription description = model.description();
            assertThat(description.family()).isEqualTo("vit");
            assertThat(description.dtype()).isEqualTo("F16");
            assertThat(description.layers()).isEqualTo(2);
            assertThat(model.layout().tokens(model.grid())).isEqualTo(26);
            // patches 4 x 4 x 3 x 32 + 32, CLS 32, positions 26 x 32, two blocks of 6,856 + 32, final norm 64
            assertThat(description.parameters())
                    .isEqualTo(48 * 32
                            + 32
                            + 32
                            + 26 * 32
                            + 2 * (4 * (32 * 32 + 32) + 40 * 32 + 40 + 32 * 40 + 32 + 4 * 32)
                            + 2 * 32);
            assertThat(description.sha256()).hasSize(64);
        }
    }
}
