package org.patchlens.model.family;

import java.util.List;
import java.util.Set;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// The plain Vision Transformer (Dosovitskiy et al. 2020, arXiv:2010.11929) and the families that differ from it
/// only by how they were trained and by their special tokens.
final class VitFamily {
    private static final List<TensorNames> NAMES = List.of(VitNames.WRITTEN, VitNames.IN_MEMORY, VitNames.ORIGINAL);

    /// `vit`: with a CLS token; also DINO (Caron et al. 2021, arXiv:2104.14294) and others kept in its form.
    static final ModelFamily VIT = new ModelFamily(
            "vit", config -> architecture("vit", TokenLayout.CLS_AND_PATCHES, 1e-12f, config), prefixes("vit."), NAMES);

    /// `deit`: with a second classification token that learned from a teacher (Touvron et al. 2020,
    /// arXiv:2012.12877).
    static final ModelFamily DEIT = new ModelFamily(
            "deit",
            config -> architecture(
                    "deit", new TokenLayout(List.of(SpecialToken.CLS, SpecialToken.DISTILLATION)), 1e-12f, config),
            prefixes("deit."),
            NAMES);

    /// `vit_msn`: masked siamese networks (Assran et al. 2022, arXiv:2204.07141).
    static final ModelFamily MSN = new ModelFamily(
            "vit_msn",
            config -> architecture("vit_msn", TokenLayout.CLS_AND_PATCHES, 1e-6f, config),
            prefixes("vit."),
            NAMES);

    /// `vit_mae`: masked autoencoders (He et al. 2021, arXiv:2111.06377). Nothing is masked, and patches keep
    /// their order; the decoder is not used.
    static final ModelFamily MAE = new ModelFamily(
            "vit_mae",
            config -> architecture("vit_mae", TokenLayout.CLS_AND_PATCHES, 1e-12f, config),
            prefixes("vit."),
            NAMES);

    /// `ijepa`: predicts embeddings of masked parts (Assran et al. 2023, arXiv:2301.08243); patches only.
    static final ModelFamily IJEPA = new ModelFamily(
            "ijepa",
            config -> architecture("ijepa", TokenLayout.PATCHES_ONLY, 1e-12f, config),
            prefixes("ijepa."),
            NAMES);

    private VitFamily() {}

    private static List<String> prefixes(String ofModelsWithAHead) {
        return List.of("", ofModelsWithAHead);
    }

    private static VitArchitecture architecture(
            String family, TokenLayout layout, float normEpsilon, ModelConfig config) {
        ConfigSizes sizes = ConfigSizes.of(config, ConfigSizes.BASE_16);
        Positions positions = sizes.learnedPositions(layout.firstPatch());
        Mlp mlp = sizes.plainMlp(config, "gelu");
        Set<TensorRole> roles = Roles.of(layout, positions, mlp);
        Roles.applyQueryBias(config, roles);
        return sizes.architecture(
                family, layout, positions, mlp, config.fraction("layer_norm_eps", normEpsilon), roles);
    }
}
