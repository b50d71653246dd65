package org.patchlens.model.family;

import org.patchlens.model.architecture.TensorRole;

/// The names of tensors in families that are kept in the form of the plain Vision Transformer.
final class VitNames {
    private static final TensorNames START = TensorNames.NONE
            .with(TensorRole.CLS_TOKEN, "embeddings.cls_token")
            .with(TensorRole.DISTILLATION_TOKEN, "embeddings.distillation_token")
            .with(TensorRole.POSITION_EMBEDDING, "embeddings.position_embeddings")
            .with(TensorRole.PATCH_WEIGHT, TensorRole.PATCH_BIAS, "embeddings.patch_embeddings.projection")
            .with(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS, "layernorm");

    /// The names that the transformers library writes.
    static final TensorNames WRITTEN = START.with(
                    TensorRole.ATTENTION_NORM_WEIGHT,
                    TensorRole.ATTENTION_NORM_BIAS,
                    "encoder.layer.*.layernorm_before")
            .with(TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS, "encoder.layer.*.attention.attention.query")
            .with(TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS, "encoder.layer.*.attention.attention.key")
            .with(TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS, "encoder.layer.*.attention.attention.value")
            .with(
                    TensorRole.ATTENTION_OUTPUT_WEIGHT,
                    TensorRole.ATTENTION_OUTPUT_BIAS,
                    "encoder.layer.*.attention.output.dense")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "encoder.layer.*.layernorm_after")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "encoder.layer.*.intermediate.dense")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "encoder.layer.*.output.dense");

    /// The names that transformers 5 has in memory, found where a state was saved without its writer.
    static final TensorNames IN_MEMORY = START.with(
                    TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS, "layers.*.layernorm_before")
            .with(TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS, "layers.*.attention.q_proj")
            .with(TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS, "layers.*.attention.k_proj")
            .with(TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS, "layers.*.attention.v_proj")
            .with(TensorRole.ATTENTION_OUTPUT_WEIGHT, TensorRole.ATTENTION_OUTPUT_BIAS, "layers.*.attention.o_proj")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "layers.*.layernorm_after")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "layers.*.mlp.fc1")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "layers.*.mlp.fc2");

    /// The names of the original code (DINO, DINOv2, DeiT, MAE) and of timm: one tensor holds query, key and
    /// value.
    static final TensorNames ORIGINAL = TensorNames.NONE
            .with(TensorRole.CLS_TOKEN, "cls_token")
            .with(TensorRole.DISTILLATION_TOKEN, "dist_token")
            .with(TensorRole.REGISTER_TOKENS, "register_tokens")
            .with(TensorRole.POSITION_EMBEDDING, "pos_embed")
            .with(TensorRole.PATCH_WEIGHT, TensorRole.PATCH_BIAS, "patch_embed.proj")
            .with(TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS, "blocks.*.norm1")
            .withParts(
                    "blocks.*.attn.qkv.weight", TensorRole.QUERY_WEIGHT, TensorRole.KEY_WEIGHT, TensorRole.VALUE_WEIGHT)
            .withParts("blocks.*.attn.qkv.bias", TensorRole.QUERY_BIAS, TensorRole.KEY_BIAS, TensorRole.VALUE_BIAS)
            .with(TensorRole.ATTENTION_OUTPUT_WEIGHT, TensorRole.ATTENTION_OUTPUT_BIAS, "blocks.*.attn.proj")
            .with(TensorRole.ATTENTION_SCALE, "blocks.*.ls1.gamma")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "blocks.*.norm2")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "blocks.*.mlp.fc1")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "blocks.*.mlp.fc2")
            .with(TensorRole.MLP_SCALE, "blocks.*.ls2.gamma")
            .with(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS, "norm");

    private VitNames() {}
}
