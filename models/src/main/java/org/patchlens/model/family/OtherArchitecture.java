package org.patchlens.model.family;

import java.util.Set;
import java.util.regex.Pattern;

/// Why models of well-known types are not read: they are no plain Vision Transformers, whose tokens at every layer
/// are the patches of one grid.
enum OtherArchitecture {
    WINDOWS(
            ", whose attention stays within windows and whose patches are merged from stage to stage",
            Set.of("swin", "swinv2", "swin2sr", "donut-swin", "maskformer-swin", "hiera", "dinat", "focalnet")),
    PYRAMID(
            ", whose patches are merged from stage to stage, so that layers have different grids",
            Set.of("pvt", "pvt_v2", "segformer", "mit", "cvt", "poolformer", "glpn", "levit", "efficientformer")),
    CONVOLUTIONS(
            ", which consists of convolutions and has no attention",
            Set.of(
                    "convnext",
                    "convnextv2",
                    "dinov3_convnext",
                    "resnet",
                    "regnet",
                    "efficientnet",
                    "bit",
                    "mobilenet_v1",
                    "mobilenet_v2",
                    "van")),
    HYBRID(
            ", whose patches come from a convolutional network or are mixed with convolutions",
            Set.of("vit_hybrid", "vit-hybrid", "mobilevit", "mobilevitv2", "swiftformer")),
    OTHER_BLOCKS(", whose blocks are not those of the plain Vision Transformer", Set.of("aimv2", "vitamin", "beit3")),
    OTHER_POSITIONS(
            ", whose patches know their place in a way that is not read under timm's names",
            Set.of("eva02", "beit", "beitv2", "vit_relpos", "vit_srelpos", "vit_pe", "samvit", "naflexvit")),
    UNKNOWN("", Set.of());

    private static final Pattern ROTARY_OF_TIMM = Pattern.compile("vit_.*_(dinov3|rope).*");
    private static final Pattern OTHER_BLOCKS_OF_TIMM =
            Pattern.compile("vit_.*_(\\d+x2|xp|rpn)_.*|vit_(dlittle|dpwee|dwee|pwee)_.*");
    private static final Pattern HYBRID_OF_TIMM = Pattern.compile("vit_.*_(r\\d+|resnet\\d+|mci)_.*");

    private final String reason;

    // the sets are made by Set.of and never change
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> modelTypes;

    OtherArchitecture(String reason, Set<String> modelTypes) {
        this.reason = reason;
        this.modelTypes = modelTypes;
    }

    /// The reason behind the type in a sentence; empty if nothing is known of it.
    String reason() {
        return reason;
    }

    /// The reason behind one of timm's names, which start with the type: `swin_tiny_patch4_window7_224`.
    static OtherArchitecture ofTimm(String name) {
        if (ROTARY_OF_TIMM.matcher(name).matches()) {
            return OTHER_POSITIONS;
        }
        if (HYBRID_OF_TIMM.matcher(name).matches()) {
            return HYBRID;
        }
        if (OTHER_BLOCKS_OF_TIMM.matcher(name).matches()) {
            return OTHER_BLOCKS;
        }
        for (OtherArchitecture other : values()) {
            for (String type : other.modelTypes) {
                if (name.matches(Pattern.quote(type) + "([_\\d].*)?")) {
                    return other;
                }
            }
        }
        return UNKNOWN;
    }

    static OtherArchitecture of(String modelType) {
        for (OtherArchitecture other : values()) {
            if (other.modelTypes.contains(modelType)) {
                return other;
            }
        }
        return UNKNOWN;
    }
}
