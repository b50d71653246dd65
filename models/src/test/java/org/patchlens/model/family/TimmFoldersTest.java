package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.Positions;

/// Oracle: `tools/reference/timm_models.py`, folders that timm 1.0.31 wrote and computed, at the trained and at
/// another size.
class TimmFoldersTest implements ModelFamilyContract {
    @TempDir
    private Path folder;

    @Override
    public Stream<Path> models() {
        return Stream.of(
                        "tiny",
                        "tiny-wide-grid",
                        "dinov2-registers",
                        "dinov2-gated",
                        "deit3",
                        "distilled",
                        "clip",
                        "registers-alone",
                        "registers-with-positions",
                        "siglip",
                        "wrapper")
                .map(name -> Resources.path("timm-folders/" + name));
    }

    static List<String> names() throws IOException {
        return Files.readAllLines(Resources.path("timm-folders/names.txt"));
    }

    /// D, heads, epsilon and activation of every architecture of timm's two modules; those without are no plain
    /// Vision Transformers, or have a form of their own.
    @ParameterizedTest
    @MethodSource("names")
    void everyNameMeansWhatItMeansToTimm(String line) throws IOException {
        String[] parts = line.split(" ", -1);
        ModelConfig config = config("{\"architecture\": \"" + parts[0] + "\"}");
        if (parts.length == 1) {
            assertThatThrownBy(() -> TimmName.of(parts[0], config))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("architecture is \"" + parts[0] + "\"");
            return;
        }
        TimmName name = TimmName.of(parts[0], config);
        assertThat(name.dimensions()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(name.heads()).isEqualTo(Integer.parseInt(parts[2]));
        assertThat(name.normEpsilon()).isEqualTo(Float.parseFloat(parts[3]));
        Activation expected = switch (parts[4]) {
            case "GELUTanh" -> Activation.GELU_TANH;
            case "QuickGELU" -> Activation.QUICK_GELU;
            // of a gate, which the shapes show
            case "SiLU", "GELU" -> Activation.GELU;
            default -> throw new AssertionError(line);
        };
        assertThat(name.activation()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        swin_tiny_patch4_window7_224     | , whose attention stays within windows and whose patches are merged from stage to stage
        pvt_v2_b0                        | , whose patches are merged from stage to stage, so that layers have different grids
        convnext_tiny                    | , which consists of convolutions and has no attention
        resnet50                         | , which consists of convolutions and has no attention
        vit_base_r50_s16_384             | , whose patches come from a convolutional network or are mixed with convolutions
        eva02_base_patch14_448           | , whose patches know their place in a way that is not read under timm's names
        vit_base_patch16_dinov3          | , whose patches know their place in a way that is not read under timm's names
        vit_relpos_base_patch16_224      | , whose patches know their place in a way that is not read under timm's names
        vit_base_patch16_rpn_224         | , whose blocks are not those of the plain Vision Transformer
        nest_tiny                        | ''
        """)
    void anArchitectureThatIsNoPlainVisionTransformerIsRefusedWithTheReason(String name, String reason)
            throws IOException {
        ModelConfig config = config("{\"architecture\": \"" + name + "\", \"num_classes\": 0}");
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config.path() + "] architecture is \"" + name + "\"" + reason
                        + "; known are timm's plain Vision Transformers, such as vit_base_patch16_224.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "embed_dim": 24       | "embed_dim": 25                    | the architecture has 25 dimensions and the weights have 24; model_args.embed_dim and num_heads are expected where they differ from the architecture.
        "embed_dim": 24       | "embed_dim": null                  | the architecture has 192 dimensions and the weights have 24; model_args.embed_dim and num_heads are expected where they differ from the architecture.
        "embed_dim": 24       | "embed_dim": 24, "num_heads": 5    | 24 dimensions cannot be split into 5 heads.
        "embed_dim": 24       | "embed_dim": 24, "block_fn": "x"   | model_args has block_fn, which puts another part into the architecture; only its own parts are supported.
        "embed_dim": 24       | "embed_dim": 24, "act_layer": "mish" | act_layer is "mish", and only gelu, gelu_tanh, quick_gelu, relu, silu, swish are supported.
        "embed_dim": 24       | "embed_dim": 24, "no_embed_class": true | pos_embed holds 26 positions, which with 1 special tokens fill no square and not model_args.img_size; expected is model_args.img_size with height and width.
        """)
    void argumentsThatDisagreeWithTheWeightsAreRefused(String found, String replacement, String reason)
            throws IOException {
        Path source = Resources.path("timm-folders/tiny");
        Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String text = Files.readString(source.resolve("config.json"));
        assertThat(text).contains(found);
        ModelConfig config = config(text.replace(found, replacement));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config.path() + "] " + reason);
    }

    @Test
    void aFolderIsDescribedByItsArchitectureAndAGridThatIsNoSquare() {
        try (VitModel model = VitModel.load(Resources.path("timm-folders/tiny-wide-grid"))) {
            assertThat(model.architecture().family()).isEqualTo("vit_tiny_patch16_224");
            assertThat(model.architecture().heads()).isEqualTo(2);
            assertThat(model.grid().rows()).isEqualTo(3);
            assertThat(model.grid().columns()).isEqualTo(8);
        }
    }

    @Test
    void registersMayHavePositionsOrNone() {
        assertThat(specialPositions("registers-with-positions")).isEqualTo(4);
        assertThat(specialPositions("registers-alone")).isZero();
        assertThat(specialPositions("dinov2-registers")).isZero();
        assertThat(specialPositions("distilled")).isEqualTo(2);
    }

    private static int specialPositions(String name) {
        try (VitModel model = VitModel.load(Resources.path("timm-folders/" + name))) {
            return ((Positions.Learned) model.architecture().positions()).specialTokens();
        }
    }

    private ModelConfig config(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return ModelConfig.read(folder);
    }
}
