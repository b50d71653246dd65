package org.patchlens.model.family;

import java.util.List;
import java.util.Set;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// DINOv2 (Oquab et al. 2023, arXiv:2304.07193): a scale per dimension behind attention and MLP, and a gated MLP
/// in its largest model.
final class Dinov2Family {
    private static final int MOST_REGISTERS = 1024;

    private static final TensorNames START = TensorNames.NONE
            .with(TensorRole.CLS_TOKEN, "embeddings.cls_token")
            .with(TensorRole.REGISTER_TOKENS, "embeddings.register_tokens")
            .with(TensorRole.POSITION_EMBEDDING, "embeddings.position_embeddings")
            .with(TensorRole.PATCH_WEIGHT, TensorRole.PATCH_BIAS, "embeddings.patch_embeddings.projection")
            .with(TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS, "encoder.layer.*.norm1")
            .with(TensorRole.ATTENTION_SCALE, "encoder.layer.*.layer_scale1.lambda1")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "encoder.layer.*.norm2")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "encoder.layer.*.mlp.fc1")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "encoder.layer.*.mlp.fc2")
            .with(TensorRole.MLP_SCALE, "encoder.layer.*.layer_scale2.lambda1")
            .with(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS, "layernorm");

    /// The names that the transformers library writes.
    private static final TensorNames WRITTEN = START.with(
                    TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS, "encoder.layer.*.attention.attention.query")
            .with(TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS, "encoder.layer.*.attention.attention.key")
            .with(TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS, "encoder.layer.*.attention.attention.value")
            .with(
                    TensorRole.ATTENTION_OUTPUT_WEIGHT,
                    TensorRole.ATTENTION_OUTPUT_BIAS,
                    "encoder.layer.*.attention.output.dense");

    /// The same with a gated MLP: one tensor holds gate and up.
    private static final TensorNames WRITTEN_GATED =
            packed(WRITTEN, "encoder.layer.*.mlp.weights_in", "encoder.layer.*.mlp.weights_out");

    /// The original code's names with a gated MLP.
    private static final TensorNames ORIGINAL_GATED = packed(VitNames.ORIGINAL, "blocks.*.mlp.w12", "blocks.*.mlp.w3");

    private static final List<TensorNames> NAMES = List.of(WRITTEN, WRITTEN_GATED, VitNames.ORIGINAL, ORIGINAL_GATED);

    /// `dinov2`.
    static final ModelFamily DINOV2 = new ModelFamily(
            "dinov2",
            config -> architecture(
                    "dinov2",
                    TokenLayout.CLS_AND_PATCHES,
                    ConfigSizes.withMlpRatio(config, ConfigSizes.BASE_14),
                    Positions.Interpolation.BICUBIC,
                    config),
            List.of("", "dinov2."),
            NAMES);

    /// `dinov2_with_registers` (Darcet et al. 2023, arXiv:2309.16588): registers, which have no position, behind
    /// the CLS token; positions are interpolated with antialiasing.
    static final ModelFamily WITH_REGISTERS = new ModelFamily(
            "dinov2_with_registers",
            config -> architecture(
                    "dinov2_with_registers",
                    TokenLayout.clsAndRegisters(config.countOrZero("num_register_tokens", 4, MOST_REGISTERS)),
                    ConfigSizes.withMlpRatio(config, ConfigSizes.BASE_16),
                    Positions.Interpolation.BICUBIC_ANTIALIASED,
                    config),
            List.of("", "dinov2_with_registers."),
            NAMES);

    private Dinov2Family() {}

    private static TensorNames packed(TensorNames names, String in, String out) {
        return names.withParts(in + ".weight", TensorRole.MLP_GATE_WEIGHT, TensorRole.MLP_UP_WEIGHT)
                .withParts(in + ".bias", TensorRole.MLP_GATE_BIAS, TensorRole.MLP_UP_BIAS)
                .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, out);
    }

    private static VitArchitecture architecture(
            String family,
            TokenLayout layout,
            ConfigSizes sizes,
            Positions.Interpolation interpolation,
            ModelConfig config) {
        Positions positions = new Positions.Learned(sizes.grid(), 1, interpolation);
        Mlp mlp = mlp(sizes, config);
        Set<TensorRole> roles = Roles.of(layout, positions, mlp);
        roles.addAll(List.of(TensorRole.ATTENTION_SCALE, TensorRole.MLP_SCALE));
        Roles.applyQueryBias(config, roles);
        return sizes.architecture(family, layout, positions, mlp, config.fraction("layer_norm_eps", 1e-6f), roles);
    }

    /// A gated MLP has three linear maps instead of two, and two thirds of the dimensions, rounded up to a
    /// multiple of 8.
    private static Mlp mlp(ConfigSizes sizes, ModelConfig config) {
        if (!config.flag("use_swiglu_ffn", false)) {
            return sizes.plainMlp(config, "gelu");
        }
        int dimensions = (sizes.mlpDimensions() * 2 / 3 + 7) / 8 * 8;
        return new Mlp.Gated(dimensions, Activation.SILU);
    }
}
