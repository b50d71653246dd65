package org.patchlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.safetensors.SafetensorsBytes;
import org.patchlens.tensor.FloatMatrix;

class VitModelTest {
    private static final Path PLAIN = Resources.path("vit/plain");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyAModel() throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(PLAIN.resolve(name), folder.resolve(name));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "num_hidden_layers": 3        | "num_hidden_layers": 1000000000 | num_hidden_layers is 1000000000; expected is a whole number from 1 to 1000.
        "num_hidden_layers": 3        | "num_hidden_layers": 3.5        | num_hidden_layers is 3.5; expected is a whole number from 1 to 1000.
        "num_hidden_layers": 3        | "num_hidden_layers": 0          | num_hidden_layers is 0; expected is a whole number from 1 to 1000.
        "hidden_size": 32             | "hidden_size": 1e12             | hidden_size is 1.0E12; expected is a whole number from 1 to 65536.
        "hidden_size": 32             | "hidden_size": "32"             | hidden_size is "32"; expected is a whole number from 1 to 65536.
        "num_attention_heads": 4      | "num_attention_heads": 5        | hidden_size 32 cannot be split into 5 heads.
        "image_size": 20              | "image_size": [20, 20, 20]      | image_size is [20,20,20]; expected is one number, or height and width.
        "image_size": 20              | "image_size": 2                 | image_size 2 x 2 with patch_size 4 gives 0 x 0 patches.
        "patch_size": 4               | "patch_size": [4, 2]            | patch_size is [4, 2]; only square patches are supported.
        "layer_norm_eps": 1e-12       | "layer_norm_eps": -1            | layer_norm_eps is -1; expected is a number between 0 and 1.
        "qkv_bias": true              | "qkv_bias": 1                   | qkv_bias is 1; expected is true or false.
        "hidden_act": "gelu"          | "hidden_act": "mish"            | hidden_act is "mish", and only
        "model_type": "vit"           | "model_type": "swin"            | model_type is "swin", whose attention stays within windows and whose patches are merged from stage to stage; known are vit, dinov2
        "model_type": "vit"           | "model_typ": "vit"              | model_type is missing; known are vit
        "model_type": "vit"           | "model_type": "vit", "patch_size": 4 | this is not valid JSON (Duplicate
        """)
    void aConfigurationThatNoModelHasIsRefused(String found, String replacement, String reason) throws IOException {
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(found);
        Files.writeString(config, text.replace(found, replacement));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[" + config + "] " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "hidden_size": 32        | "hidden_size": 64        | the tensor embeddings.patch_embeddings.projection.weight has shape [32, 3, 4, 4]; config.json asks for [64, 3, 4, 4].
        "intermediate_size": 40  | "intermediate_size": 41  | the tensor encoder.layer.0.intermediate.dense.weight has shape [40, 32]; config.json asks for [41, 32].
        "num_hidden_layers": 3   | "num_hidden_layers": 4   | the tensor encoder.layer.3.layernorm_before.weight of shape [32] is missing, which config.json asks for.
        "num_hidden_layers": 3   | "num_hidden_layers": 2   | there is no place for the tensor encoder.layer.2.attention.attention.key.bias in 2 blocks of a vit model with this config.json.
        "qkv_bias": true         | "qkv_bias": false        | there is no place for the tensor encoder.layer.0.attention.attention.key.bias in 3 blocks of a vit model with this config.json.
        "image_size": 20         | "image_size": 24         | the tensor embeddings.position_embeddings has shape [1, 26, 32]; config.json asks for [1, 37, 32].
        """)
    void weightsThatDisagreeWithTheConfigurationAreRefused(String found, String replacement, String reason)
            throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace(found, replacement));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder + "] " + reason);
    }

    @Test
    void aFolderWithoutWeightsSaysWhatItHas() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("pytorch_model.bin"), "");
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder
                        + "] there is no model.safetensors in this folder; pytorch_model.bin is of a kind that is not"
                        + " read. Give a folder with config.json and model.safetensors.");
    }

    @Test
    void aFolderWithoutConfigurationIsRefused() throws IOException {
        Files.delete(folder.resolve("config.json"));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder.resolve("config.json") + "] there is no such file.");
    }

    /// The format lets a header have any length, so data may begin at any byte.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void weightsAtUnalignedOffsetsGiveTheSameBytes(int spaces) throws IOException {
        SafetensorsBytes.shift(PLAIN.resolve("model.safetensors"), folder.resolve("model.safetensors"), spaces);
        assertThat(tokens(folder)).isEqualTo(tokens(PLAIN));
    }

    @Test
    void weightsBehindALinkAreFoundAsInTheCacheOfTheHub() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        Files.move(folder.resolve("model.safetensors"), blobs.resolve("0bb8e339"));
        Path snapshot = Files.createDirectories(folder.resolve("snapshots/main"));
        Files.move(folder.resolve("config.json"), snapshot.resolve("config.json"));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/0bb8e339"));
        assertThat(tokens(snapshot)).isEqualTo(tokens(PLAIN));
    }

    @Test
    void weightsThatVanishAfterLoadingGiveASentence() throws IOException {
        try (VitModel model = VitModel.load(folder)) {
            Files.delete(folder.resolve("model.safetensors"));
            assertThatThrownBy(() -> model.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST))))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("the file cannot be read");
        }
    }

    private static FloatMatrix tokens(Path model) {
        try (VitModel loaded = VitModel.load(model);
                VitSession session = loaded.open(VitRequest.ofTokens(20, 20, List.of(Layer.LAST)))) {
            return session.run(new Golden(PLAIN.resolve("expected.safetensors")).get("20x20.pixels"))
                    .tokens(Layer.LAST);
        }
    }
}
