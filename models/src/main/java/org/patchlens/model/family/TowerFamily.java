package org.patchlens.model.family;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// The towers that see images beside one that reads text: CLIP (Radford et al. 2021, arXiv:2103.00020) and SigLIP
/// (Zhai et al. 2023, arXiv:2303.15343), alone or with the other tower in the file.
final class TowerFamily {
    private static final TensorNames WRITTEN = TensorNames.NONE
            .with(TensorRole.CLS_TOKEN, "embeddings.class_embedding")
            .with(TensorRole.POSITION_EMBEDDING, "embeddings.position_embedding.weight")
            .with(TensorRole.PATCH_WEIGHT, TensorRole.PATCH_BIAS, "embeddings.patch_embedding")
            // the library's own spelling
            .with(TensorRole.INPUT_NORM_WEIGHT, TensorRole.INPUT_NORM_BIAS, "pre_layrnorm")
            .with(TensorRole.ATTENTION_NORM_WEIGHT, TensorRole.ATTENTION_NORM_BIAS, "encoder.layers.*.layer_norm1")
            .with(TensorRole.QUERY_WEIGHT, TensorRole.QUERY_BIAS, "encoder.layers.*.self_attn.q_proj")
            .with(TensorRole.KEY_WEIGHT, TensorRole.KEY_BIAS, "encoder.layers.*.self_attn.k_proj")
            .with(TensorRole.VALUE_WEIGHT, TensorRole.VALUE_BIAS, "encoder.layers.*.self_attn.v_proj")
            .with(
                    TensorRole.ATTENTION_OUTPUT_WEIGHT,
                    TensorRole.ATTENTION_OUTPUT_BIAS,
                    "encoder.layers.*.self_attn.out_proj")
            .with(TensorRole.MLP_NORM_WEIGHT, TensorRole.MLP_NORM_BIAS, "encoder.layers.*.layer_norm2")
            .with(TensorRole.MLP_UP_WEIGHT, TensorRole.MLP_UP_BIAS, "encoder.layers.*.mlp.fc1")
            .with(TensorRole.MLP_DOWN_WEIGHT, TensorRole.MLP_DOWN_BIAS, "encoder.layers.*.mlp.fc2")
            .with(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS, "post_layernorm");

    /// `clip_vision_model`: CLIP's tower alone.
    static final ModelFamily CLIP_TOWER = family("clip_vision_model", config -> clip("clip_vision_model", config));

    /// `clip`: the tower inside a whole CLIP.
    static final ModelFamily CLIP = family("clip", config -> clip("clip", config.section("vision_config")));

    /// `siglip_vision_model`: SigLIP's tower alone.
    static final ModelFamily SIGLIP_TOWER =
            family("siglip_vision_model", config -> siglip("siglip_vision_model", config));

    /// `siglip`: the tower inside a whole SigLIP.
    static final ModelFamily SIGLIP = family("siglip", config -> siglip("siglip", config.section("vision_config")));

    /// `siglip2_vision_model`: SigLIP 2 (Tschannen et al. 2025, arXiv:2502.14786) with patches of any shape of
    /// image, here at one square size; those of a fixed size are kept as `siglip`.
    static final ModelFamily SIGLIP2_TOWER =
            packed("siglip2_vision_model", config -> siglip2("siglip2_vision_model", config));

    /// `siglip2`: the tower inside a whole SigLIP 2.
    static final ModelFamily SIGLIP2 = packed("siglip2", config -> siglip2("siglip2", config.section("vision_config")));

    private TowerFamily() {}

    private static ModelFamily packed(String modelType, Function<ModelConfig, VitArchitecture> architecture) {
        TensorNames names = WRITTEN.with(TensorRole.PATCH_MATRIX, "embeddings.patch_embedding.weight");
        return new ModelFamily(modelType, architecture, List.of("", "vision_model."), List.of(names));
    }

    private static ModelFamily family(String modelType, Function<ModelConfig, VitArchitecture> architecture) {
        return new ModelFamily(modelType, architecture, List.of("", "vision_model."), List.of(WRITTEN));
    }

    /// A norm stands before the first block and none after the last: the library applies the last one to the CLS
    /// token alone, for the pooled output.
    private static VitArchitecture clip(String family, ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config, ConfigSizes.BASE_32);
        TokenLayout layout = TokenLayout.CLS_AND_PATCHES;
        Positions positions = sizes.learnedPositions(1);
        Mlp mlp = sizes.plainMlp(config, "quick_gelu");
        Set<TensorRole> roles = Roles.of(layout, positions, mlp);
        roles.addAll(List.of(TensorRole.INPUT_NORM_WEIGHT, TensorRole.INPUT_NORM_BIAS));
        roles.removeAll(Set.of(TensorRole.PATCH_BIAS, TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS));
        return sizes.architecture(family, layout, positions, mlp, config.fraction("layer_norm_eps", 1e-5f), roles);
    }

    /// No CLS token; a head that pools by attention is ignored.
    private static VitArchitecture siglip(String family, ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config, ConfigSizes.BASE_16);
        TokenLayout layout = TokenLayout.PATCHES_ONLY;
        Positions positions = sizes.learnedPositions(0);
        Mlp mlp = sizes.plainMlp(config, "gelu_pytorch_tanh");
        return sizes.architecture(
                family,
                layout,
                positions,
                mlp,
                config.fraction("layer_norm_eps", 1e-6f),
                Roles.of(layout, positions, mlp));
    }

    /// The size is stated as a number of patches, and the patches of an image are a matrix.
    private static VitArchitecture siglip2(String family, ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.ofPatchCount(config, ConfigSizes.BASE_16);
        TokenLayout layout = TokenLayout.PATCHES_ONLY;
        Positions positions = new Positions.Learned(sizes.grid(), 0, Positions.Interpolation.BILINEAR_ANTIALIASED);
        Mlp mlp = sizes.plainMlp(config, "gelu_pytorch_tanh");
        Set<TensorRole> roles = Roles.of(layout, positions, mlp);
        roles.remove(TensorRole.PATCH_WEIGHT);
        roles.add(TensorRole.PATCH_MATRIX);
        return sizes.architecture(family, layout, positions, mlp, config.fraction("layer_norm_eps", 1e-6f), roles);
    }
}
