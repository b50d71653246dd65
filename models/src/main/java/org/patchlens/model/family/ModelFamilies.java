package org.patchlens.model.family;

import java.util.List;
import java.util.stream.Collectors;

/// The list of all families; an entry here makes its models run.
public final class ModelFamilies {
    /// In the order in which they are listed to users.
    public static final List<ModelFamily> ALL = List.of(
            VitFamily.VIT,
            Dinov2Family.DINOV2,
            Dinov2Family.WITH_REGISTERS,
            Dinov3Family.FAMILY,
            VitFamily.DEIT,
            VitFamily.MSN,
            VitFamily.MAE,
            VitFamily.IJEPA,
            TowerFamily.CLIP,
            TowerFamily.CLIP_TOWER,
            TowerFamily.SIGLIP,
            TowerFamily.SIGLIP_TOWER,
            TowerFamily.SIGLIP2,
            TowerFamily.SIGLIP2_TOWER,
            BeitFamily.BEIT,
            BeitFamily.DATA2VEC);

    /// What transformers writes around one of timm's models; its architecture, arguments and tensors are timm's.
    private static final String TIMM_WRAPPER = "timm_wrapper";

    private ModelFamilies() {}

    /// The family of a configuration.
    ///
    /// @throws org.patchlens.PatchlensException if it is none of ours; says why, where the reason is known
    public static ModelFamily get(ModelConfig config) {
        String type = config.text("model_type", "");
        if ((type.isEmpty() || type.equals(TIMM_WRAPPER)) && config.has("architecture")) {
            return TimmFamily.FAMILY;
        }
        for (ModelFamily family : ALL) {
            if (family.modelType().equals(type)) {
                return family;
            }
        }
        String known = "; known are " + ALL.stream().map(ModelFamily::modelType).collect(Collectors.joining(", "));
        throw config.refused(
                type.isEmpty()
                        ? "model_type is missing" + known
                        : "model_type is \"" + type + "\""
                                + OtherArchitecture.of(type).reason() + known);
    }
}
