package org.patchlens.model.family;

import java.util.List;
import java.util.Set;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// BEiT (Bao et al. 2021, arXiv:2106.08254) and data2vec's tower for images (Baevski et al. 2022,
/// arXiv:2202.03555): attention with a bias for the distance between patches, keys without bias, a scale per
/// dimension behind attention and MLP.
final class BeitFamily {
    private static final String TABLE = "relative_position_bias.relative_position_bias_table";

    private static final TensorNames WRITTEN = VitNames.WRITTEN
            .with(TensorRole.ATTENTION_SCALE, "encoder.layer.*.lambda_1")
            .with(TensorRole.MLP_SCALE, "encoder.layer.*.lambda_2")
            .with(TensorRole.RELATIVE_POSITIONS, "encoder.layer.*.attention.attention." + TABLE)
            .with(TensorRole.SHARED_RELATIVE_POSITIONS, "encoder." + TABLE);

    /// `beit`.
    static final ModelFamily BEIT = family("beit", "beit.");

    /// `data2vec-vision`.
    static final ModelFamily DATA2VEC = family("data2vec-vision", "data2vec_vision.");

    private BeitFamily() {}

    private static ModelFamily family(String modelType, String prefix) {
        return new ModelFamily(
                modelType, config -> architecture(modelType, config), List.of("", prefix), List.of(WRITTEN));
    }

    /// A model that pools the mean of the patches norms that mean alone: it has no norm behind the last block.
    private static VitArchitecture architecture(String family, ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config, ConfigSizes.BASE_16);
        boolean perBlock = config.flag("use_relative_position_bias", false);
        boolean shared = config.flag("use_shared_relative_position_bias", false);
        if (perBlock && shared) {
            throw config.refused("use_relative_position_bias and use_shared_relative_position_bias are both true, and"
                    + " no known model adds two biases");
        }
        if ((perBlock || shared) && sizes.imageHeight() != sizes.imageWidth()) {
            throw config.refused("image_size is no square, and tables of relative positions are known for squares");
        }
        TokenLayout layout = TokenLayout.CLS_AND_PATCHES;
        Positions positions = config.flag("use_absolute_position_embeddings", false)
                ? sizes.learnedPositions(1)
                : new Positions.RelativeAlone();
        Mlp mlp = sizes.plainMlp(config, "gelu");
        Set<TensorRole> roles = Roles.of(layout, positions, mlp);
        roles.remove(TensorRole.KEY_BIAS);
        if (!config.isZero("layer_scale_init_value")) {
            roles.addAll(List.of(TensorRole.ATTENTION_SCALE, TensorRole.MLP_SCALE));
        }
        if (perBlock) {
            roles.add(TensorRole.RELATIVE_POSITIONS);
        }
        if (shared) {
            roles.add(TensorRole.SHARED_RELATIVE_POSITIONS);
        }
        if (config.flag("use_mean_pooling", true)) {
            roles.removeAll(Set.of(TensorRole.FINAL_NORM_WEIGHT, TensorRole.FINAL_NORM_BIAS));
        }
        return sizes.architecture(family, layout, positions, mlp, config.fraction("layer_norm_eps", 1e-12f), roles);
    }
}
