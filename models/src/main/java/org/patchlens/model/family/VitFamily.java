package org.patchlens.model.family;

import static java.util.Map.entry;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.LearnedPositions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// `vit`: the plain Vision Transformer with a CLS token (Dosovitskiy et al. 2020, arXiv:2010.11929), also DINO
/// (Caron et al. 2021, arXiv:2104.14294) and others that are kept in its form.
final class VitFamily {
    /// The names that the transformers library writes.
    private static final TensorNames CLASSIC = new TensorNames(Map.ofEntries(
            entry(TensorRole.CLS_TOKEN, "embeddings.cls_token"),
            entry(TensorRole.POSITION_EMBEDDING, "embeddings.position_embeddings"),
            entry(TensorRole.PATCH_WEIGHT, "embeddings.patch_embeddings.projection.weight"),
            entry(TensorRole.PATCH_BIAS, "embeddings.patch_embeddings.projection.bias"),
            entry(TensorRole.ATTENTION_NORM_WEIGHT, "encoder.layer.*.layernorm_before.weight"),
            entry(TensorRole.ATTENTION_NORM_BIAS, "encoder.layer.*.layernorm_before.bias"),
            entry(TensorRole.QUERY_WEIGHT, "encoder.layer.*.attention.attention.query.weight"),
            entry(TensorRole.QUERY_BIAS, "encoder.layer.*.attention.attention.query.bias"),
            entry(TensorRole.KEY_WEIGHT, "encoder.layer.*.attention.attention.key.weight"),
            entry(TensorRole.KEY_BIAS, "encoder.layer.*.attention.attention.key.bias"),
            entry(TensorRole.VALUE_WEIGHT, "encoder.layer.*.attention.attention.value.weight"),
            entry(TensorRole.VALUE_BIAS, "encoder.layer.*.attention.attention.value.bias"),
            entry(TensorRole.ATTENTION_OUTPUT_WEIGHT, "encoder.layer.*.attention.output.dense.weight"),
            entry(TensorRole.ATTENTION_OUTPUT_BIAS, "encoder.layer.*.attention.output.dense.bias"),
            entry(TensorRole.MLP_NORM_WEIGHT, "encoder.layer.*.layernorm_after.weight"),
            entry(TensorRole.MLP_NORM_BIAS, "encoder.layer.*.layernorm_after.bias"),
            entry(TensorRole.MLP_UP_WEIGHT, "encoder.layer.*.intermediate.dense.weight"),
            entry(TensorRole.MLP_UP_BIAS, "encoder.layer.*.intermediate.dense.bias"),
            entry(TensorRole.MLP_DOWN_WEIGHT, "encoder.layer.*.output.dense.weight"),
            entry(TensorRole.MLP_DOWN_BIAS, "encoder.layer.*.output.dense.bias"),
            entry(TensorRole.FINAL_NORM_WEIGHT, "layernorm.weight"),
            entry(TensorRole.FINAL_NORM_BIAS, "layernorm.bias")));

    /// The names that transformers 5 has in memory, found where a state was saved without its writer.
    private static final TensorNames IN_MEMORY = new TensorNames(Map.ofEntries(
            entry(TensorRole.CLS_TOKEN, "embeddings.cls_token"),
            entry(TensorRole.POSITION_EMBEDDING, "embeddings.position_embeddings"),
            entry(TensorRole.PATCH_WEIGHT, "embeddings.patch_embeddings.projection.weight"),
            entry(TensorRole.PATCH_BIAS, "embeddings.patch_embeddings.projection.bias"),
            entry(TensorRole.ATTENTION_NORM_WEIGHT, "layers.*.layernorm_before.weight"),
            entry(TensorRole.ATTENTION_NORM_BIAS, "layers.*.layernorm_before.bias"),
            entry(TensorRole.QUERY_WEIGHT, "layers.*.attention.q_proj.weight"),
            entry(TensorRole.QUERY_BIAS, "layers.*.attention.q_proj.bias"),
            entry(TensorRole.KEY_WEIGHT, "layers.*.attention.k_proj.weight"),
            entry(TensorRole.KEY_BIAS, "layers.*.attention.k_proj.bias"),
            entry(TensorRole.VALUE_WEIGHT, "layers.*.attention.v_proj.weight"),
            entry(TensorRole.VALUE_BIAS, "layers.*.attention.v_proj.bias"),
            entry(TensorRole.ATTENTION_OUTPUT_WEIGHT, "layers.*.attention.o_proj.weight"),
            entry(TensorRole.ATTENTION_OUTPUT_BIAS, "layers.*.attention.o_proj.bias"),
            entry(TensorRole.MLP_NORM_WEIGHT, "layers.*.layernorm_after.weight"),
            entry(TensorRole.MLP_NORM_BIAS, "layers.*.layernorm_after.bias"),
            entry(TensorRole.MLP_UP_WEIGHT, "layers.*.mlp.fc1.weight"),
            entry(TensorRole.MLP_UP_BIAS, "layers.*.mlp.fc1.bias"),
            entry(TensorRole.MLP_DOWN_WEIGHT, "layers.*.mlp.fc2.weight"),
            entry(TensorRole.MLP_DOWN_BIAS, "layers.*.mlp.fc2.bias"),
            entry(TensorRole.FINAL_NORM_WEIGHT, "layernorm.weight"),
            entry(TensorRole.FINAL_NORM_BIAS, "layernorm.bias")));

    static final ModelFamily FAMILY =
            new ModelFamily("vit", VitFamily::architecture, List.of("", "vit."), List.of(CLASSIC, IN_MEMORY));

    private VitFamily() {}

    private static VitArchitecture architecture(ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config);
        PatchGrid grid = sizes.grid();
        Set<TensorRole> roles = EnumSet.allOf(TensorRole.class);
        if (!config.flag("qkv_bias", true)) {
            roles.removeAll(EnumSet.of(TensorRole.QUERY_BIAS, TensorRole.KEY_BIAS, TensorRole.VALUE_BIAS));
        }
        return new VitArchitecture(
                "vit",
                sizes.layers(),
                sizes.heads(),
                sizes.dimensions(),
                sizes.mlpDimensions(),
                sizes.channels(),
                sizes.imageHeight(),
                sizes.imageWidth(),
                sizes.patchSize(),
                TokenLayout.CLS_AND_PATCHES,
                new LearnedPositions(grid, 1),
                ConfigSizes.activation(config, "gelu"),
                config.fraction("layer_norm_eps", 1e-12f),
                roles);
    }
}
