package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `config.json` of timm says about images, against timm's own transform for evaluation
/// (`tools/reference/timm_models.py`): the same bytes before normalizing.
class TimmPreprocessingTest {
    /// Both sides compute the same expression in single precision, on values below 4.
    private static final double NORMALIZED = 1e-6;

    @TempDir
    Path folder;

    static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        golden().path("cases").forEach(cases::add);
        return cases;
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TimmPreprocessingTest.class.getResourceAsStream("timm.json"), "timm.json")) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anImageIsPreprocessedAsByTimm(JsonNode golden) throws IOException {
        JsonNode cfg =
                golden().path("pretrained_cfgs").path(golden.path("transform").asString());
        Preprocessing preprocessing =
                read("{\"architecture\": \"vit_tiny_patch16_224\", \"pretrained_cfg\": " + cfg + "}");
        int height = preprocessing.inputHeight();
        int width = preprocessing.inputWidth();
        assertThat(height).isEqualTo(cfg.path("input_size").path(1).asInt());
        FloatMatrix target = FloatMatrix.zeros(1, 3 * height * width);
        Preprocessed result = preprocessing.apply(
                Pattern.draw(
                        golden.path("height").asInt(),
                        golden.path("width").asInt(),
                        golden.path("channels").asInt(),
                        golden.path("seed").asInt()),
                target);
        CRC32 checksum = new CRC32();
        checksum.update(result.view().bytes());
        assertThat(checksum.getValue()).isEqualTo(golden.path("crc32").asLong());
        for (int channel = 0; channel < 3; channel++) {
            float found = target.get(0, channel * height * width + height / 2 * width + width / 3);
            assertThat((double) found)
                    .isCloseTo(golden.path("middle").path(channel).asDouble(), within(NORMALIZED));
        }
    }

    @Test
    void olderFilesHaveTheValuesBesideTheArchitecture() throws IOException {
        String values = "\"input_size\": [3, 32, 32], \"crop_pct\": 0.8, \"interpolation\": \"bilinear\"";
        Preprocessing inside = read("{\"architecture\": \"x\", \"pretrained_cfg\": {" + values + "}}");
        assertThat(read("{\"architecture\": \"x\", " + values + "}")).isEqualTo(inside);
        assertThat(inside.describe()).contains("shortest edge 40", "crop 32x32");
    }

    /// As `TimmWrapperImageProcessor` of transformers reads it, from the configuration of the model.
    @Test
    void theWrapperOfTransformersHasTheValuesOfTimm() throws IOException {
        String values = "\"architecture\": \"x\", \"pretrained_cfg\": {\"input_size\": [3, 32, 32]}";
        assertThat(read("{\"model_type\": \"timm_wrapper\", " + values + "}")).isEqualTo(read("{" + values + "}"));
        assertThatThrownBy(() -> read("{\"model_type\": \"vit\", " + values + "}"))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("preprocessor_config.json");
    }

    @Test
    void aFileForTheImageProcessorGoesFirst() throws IOException {
        Files.writeString(
                folder.resolve("preprocessor_config.json"), "{\"image_processor_type\": \"ViTImageProcessor\"}");
        assertThat(read("{\"architecture\": \"x\"}").processor()).isEqualTo("ViTImageProcessor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "input_size": [1, 32, 32]    | input_size is [1,32,32], expected 3 channels, height and width
        "input_size": [3, 99999, 32] | input_size has an edge of 99999, expected 1 to 16384 pixels
        "crop_pct": 0                | crop_pct is 0, expected a number from 0.01 to 1
        "crop_mode": "border"        | crop_mode is "border", and only center and squash are supported
        "crop_mode": 3               | crop_mode is 3, and only center and squash are supported
        "interpolation": "random"    | interpolation is "random", and only bicubic, bilinear, box, hamming, lanczos, nearest are supported
        "std": [0.5, 0, 0.5]         | std is [0.5,0,0.5], expected three numbers from 0 to 1 and above 0
        "mean": [0.5, "x", 0.5]      | mean is [0.5,"x",0.5], expected three numbers from 0 to 1
        "input_size": [3, 24, 32]    | crop_mode is center with an input that is no square, and only squash is supported there
        """)
    void valuesThatNoModelHasAreRefused(String value, String reason) {
        assertThatThrownBy(() -> read("{\"architecture\": \"x\", \"pretrained_cfg\": {" + value + "}}"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder.resolve("config.json") + "] " + reason + ".");
    }

    private Preprocessing read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        return Preprocessing.read(folder);
    }
}
