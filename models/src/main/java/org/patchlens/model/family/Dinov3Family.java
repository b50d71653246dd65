package org.patchlens.model.family;

import java.util.List;
import java.util.Set;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// `dinov3_vit` (Simeoni et al. 2025, arXiv:2508.10104): rotary positions instead of stored ones, registers, a
/// scale per dimension, keys without bias.
final class Dinov3Family {
    private static final int MOST_REGISTERS = 1024;
    private static final double LARGEST_THETA = 1e9;

    private static final TensorNames WRITTEN = TensorNames.NONE
            .with(TensorRole.CLS_TOKEN, "embeddings.cls_token")
            .with(TensorRole.REGISTER_TOKENS, "embeddings.register_tokens")
            .with(TensorRole.PATCH_WEIGHT, TensorRole.PATCH_BIAS, "embeddings.patch_embeddings")
            .with(TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS, "layer.*.norm1")
            .with(TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS, "layer.*.attention.q_proj")
            .with(TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS, "layer.*.attention.k_proj")
            .with(TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS, "layer.*.attention.v_proj")
            .with(TensorRole.ATTENTION_OUTPUT_WEIGHT, TensorRole.ATTENTION_OUTPUT_BIAS, "layer.*.attention.o_proj")
            .with(TensorRole.ATTENTION_SCALE, "layer.*.layer_scale1.lambda1")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "layer.*.norm2")
            .with(TensorRole.MLP_GATE_WEIGHT, TensorRole.MLP_GATE_BIAS, "layer.*.mlp.gate_proj")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "layer.*.mlp.up_proj")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "layer.*.mlp.down_proj")
            .with(TensorRole.MLP_SCALE, "layer.*.layer_scale2.lambda1")
            .with(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS, "norm");

    static final ModelFamily FAMILY =
            new ModelFamily("dinov3_vit", Dinov3Family::architecture, List.of("", "model."), List.of(WRITTEN));

    private Dinov3Family() {}

    private static VitArchitecture architecture(ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config, ConfigSizes.SMALL_16);
        if (sizes.dimensions() / sizes.heads() % 4 != 0) {
            throw config.refused("hidden_size " + sizes.dimensions() + " in " + sizes.heads()
                    + " heads cannot be rotated, because a head is no multiple of 4");
        }
        TokenLayout layout = TokenLayout.clsAndRegisters(config.countOrZero("num_register_tokens", 0, MOST_REGISTERS));
        Positions positions = new Positions.Rotary(config.number("rope_theta", 100, LARGEST_THETA));
        Mlp mlp = config.flag("use_gated_mlp", false)
                ? new Mlp.Gated(sizes.mlpDimensions(), ConfigSizes.activation(config, "gelu"))
                : sizes.plainMlp(config, "gelu");
        return sizes.architecture(
                "dinov3_vit",
                layout,
                positions,
                mlp,
                config.fraction("layer_norm_eps", 1e-5f),
                roles(config, Roles.of(layout, positions, mlp)));
    }

    private static Set<TensorRole> roles(ModelConfig config, Set<TensorRole> roles) {
        roles.addAll(List.of(TensorRole.ATTENTION_SCALE, TensorRole.MLP_SCALE));
        if (!config.flag("query_bias", true)) {
            roles.remove(TensorRole.QUERY_BIAS);
        }
        if (!config.flag("key_bias", false)) {
            roles.remove(TensorRole.KEY_BIAS);
        }
        if (!config.flag("value_bias", true)) {
            roles.remove(TensorRole.VALUE_BIAS);
        }
        if (!config.flag("proj_bias", true)) {
            roles.remove(TensorRole.ATTENTION_OUTPUT_BIAS);
        }
        if (!config.flag("mlp_bias", true)) {
            roles.removeAll(Set.of(TensorRole.MLP_GATE_BIAS, TensorRole.MLP_UP_BIAS, TensorRole.MLP_DOWN_BIAS));
        }
        return roles;
    }
}
