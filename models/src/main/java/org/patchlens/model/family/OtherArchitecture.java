package org.patchlens.model.family;

import java.util.Set;

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
    UNKNOWN("", Set.of());

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

    static OtherArchitecture of(String modelType) {
        for (OtherArchitecture other : values()) {
            if (other.modelTypes.contains(modelType)) {
                return other;
            }
        }
        return UNKNOWN;
    }
}
