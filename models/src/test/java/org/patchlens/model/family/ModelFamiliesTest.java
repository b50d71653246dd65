package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;

class ModelFamiliesTest {
    private static final String KNOWN = "; known are vit, dinov2, dinov2_with_registers, dinov3_vit, deit, vit_msn,"
        + " vit_mae, ijepa, clip, clip_vision_model, siglip, siglip_vision_model, siglip2, siglip2_vision_model, beit,"
        + " data2vec-vision.";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        swinv2     | , whose attention stays within windows and whose patches are merged from stage to stage
        pvt        | , whose patches are merged from stage to stage, so that layers have different grids
        levit      | , whose patches are merged from stage to stage, so that layers have different grids
        convnext   | , which consists of convolutions and has no attention
        vit_hybrid | , whose patches come from a convolutional network or are mixed with convolutions
        hiera      | , whose attention stays within windows and whose patches are merged from stage to stage
        cvt        | , whose patches are merged from stage to stage, so that layers have different grids
        mobilevit  | , whose patches come from a convolutional network or are mixed with convolutions
        bert       | ''
        """)
    void modelsThatAreNoPlainVisionTransformersAreRefusedWithTheReason(String type, String reason) throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"" + type + "\"}");
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config + "] model_type is \"" + type + "\"" + reason + KNOWN);
    }

    @Test
    void aTwoTowerModelWithoutAnImageTowerIsRefused() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"clip\"}");
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config
                        + "] vision_config is missing, which configures the part of the model that sees images.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dinov2/plain                          | "mlp_ratio": 2            | "mlp_ratio": 1e9           | mlp_ratio is 1.0E9; expected is a number above 0, at most 262144.0.
        dinov2/plain                          | "mlp_ratio": 2            | "mlp_ratio": 1e5           | mlp_ratio gives an MLP of 3200000.0 dimensions.
        dinov2_with_registers/three           | "num_register_tokens": 3  | "num_register_tokens": -1  | num_register_tokens is -1; expected is a whole number from 1 to 1024.
        dinov3_vit/two-registers              | "num_attention_heads": 4  | "num_attention_heads": 16  | hidden_size 32 in 16 heads cannot be rotated, because a head is no multiple of 4.
        """)
    void aConfigurationThatNoModelHasIsRefused(String model, String found, String replacement, String reason)
            throws IOException {
        String text = Files.readString(Resources.path(model).resolve("config.json"));
        assertThat(text).contains(found);
        Path config = Files.writeString(folder.resolve("config.json"), text.replace(found, replacement));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config + "] " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dinov2/plain                | "use_swiglu_ffn": false   | "use_swiglu_ffn": true    | config.json asks for a mlp_gate_weight, and files that name their tensors like these have none.
        dinov2_with_registers/three | "num_register_tokens": 3  | "num_register_tokens": 4  | the tensor embeddings.register_tokens has shape [1, 3, 32]; config.json asks for [1, 4, 32].
        dinov3_vit/two-registers    | "key_bias": false         | "key_bias": true          | the tensor layer.0.attention.k_proj.bias of shape [32] is missing, which config.json asks for.
        clip/tower                  | "image_size": 20          | "image_size": 24          | the tensor embeddings.position_embedding.weight has shape [26, 32]; config.json asks for [1, 37, 32].
        timm/cls-classifier         | "qkv_bias": false         | "qkv_bias": true          | the tensor blocks.0.attn.qkv.bias of shape [96] is missing, which config.json asks for.
        """)
    void weightsThatDisagreeWithTheConfigurationAreRefused(
            String model, String found, String replacement, String reason) throws IOException {
        Path source = Resources.path(model);
        Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String text = Files.readString(source.resolve("config.json"));
        assertThat(text).contains(found);
        Files.writeString(folder.resolve("config.json"), text.replace(found, replacement));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + folder + "] " + reason);
    }
}
