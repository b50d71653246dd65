package org.patchlens.model.hub;

import java.util.List;
import org.patchlens.model.bundled.BundledModel;

/// A model that Patchlens is known to read; facts as its owner states them.
///
/// @param name on the hub, or of the model that comes along
/// @param family as `model inspect` tells it
/// @param licence as its owner states it
/// @param millions of parameters of the image encoder
/// @param gated whether its owner asks to accept a licence first
/// @param purpose what it was trained on
public record KnownModel(String name, String family, String licence, int millions, boolean gated, String purpose) {
    /// A short list, by purpose. Every architecture on it is held against transformers by a test; the weights of
    /// these are not part of Patchlens, those of [#BUNDLED] are.
    public static final List<KnownModel> ALL = List.of(
            open("microsoft/rad-dino", "dinov2", "MIT", 86, "chest X-rays; self-supervised, for research"),
            open("facebook/dinov2-small", "dinov2", "Apache-2.0", 22, "photographs; self-supervised"),
            open("facebook/dinov2-base", "dinov2", "Apache-2.0", 86, "photographs; self-supervised"),
            open("facebook/dinov2-large", "dinov2", "Apache-2.0", 304, "photographs; self-supervised"),
            open(
                    "facebook/dinov2-with-registers-base",
                    "dinov2_with_registers",
                    "Apache-2.0",
                    86,
                    "photographs; clean attention maps"),
            gated(
                    "facebook/dinov3-vits16-pretrain-lvd1689m",
                    "dinov3_vit",
                    "DINOv3 License",
                    21,
                    "photographs; dense features"),
            gated(
                    "facebook/dinov3-vitb16-pretrain-lvd1689m",
                    "dinov3_vit",
                    "DINOv3 License",
                    86,
                    "photographs; dense features"),
            open("google/vit-base-patch16-224", "vit", "Apache-2.0", 86, "photographs; classified"),
            open("google/vit-base-patch16-224-in21k", "vit", "Apache-2.0", 86, "photographs; 21,843 classes"),
            open("google/siglip-base-patch16-224", "siglip", "Apache-2.0", 93, "photographs and captions"));

    /// The model that comes along with its weights; its card beside them tells how it was made.
    public static final KnownModel BUNDLED = open(
            BundledModel.NAME,
            "dinov2_with_registers",
            "Apache-2.0",
            3,
            "chest X-rays, photographs, phantoms; distilled from ViT-Tiny");

    private static KnownModel open(String name, String family, String licence, int millions, String purpose) {
        return new KnownModel(name, family, licence, millions, false, purpose);
    }

    private static KnownModel gated(String name, String family, String licence, int millions, String purpose) {
        return new KnownModel(name, family, licence, millions, true, purpose);
    }
}
