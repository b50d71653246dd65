package org.patchlens.model.family;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.model.architecture.Activation;

/// What timm's name of an architecture says and the shapes of its tensors do not: `vit_base_patch16_clip_224`.
///
/// @param dimensions D of the architecture as it is named
/// @param heads A
/// @param normEpsilon what every LayerNorm adds to the variance
/// @param activation of an MLP without a gate
record TimmName(int dimensions, int heads, float normEpsilon, Activation activation) {
    private static final Pattern PLAIN = Pattern.compile("(vit|deit|deit3|eva|flexivit|test)_"
            + "(?<width>[a-z]+[0-9]*(m2|m)?)(_distilled)?(_patch\\d+)?"
            + "(?<rest>(_(\\d{2,4}|36x1|clip|quickgelu|dinov2|tipsv2|dino|in21k|reg\\d+|gap|map|siglip|plus|miil"
            + "|radio_v\\d))*)(\\..*)?");
    private static final Pattern OTHER_TRAINING = Pattern.compile("_(dinov2|tipsv2|radio)");
    private static final Pattern TANH = Pattern.compile(
            "vit_(base_patch32|giantopt_patch16|so400m_patch16)_siglip.*" + "|vit_large_patch16_siglip(_gap)?_512.*");

    private static final Map<String, Width> WIDTHS = Map.ofEntries(
            entry("vit", new Width(64, 2)),
            entry("vit2", new Width(64, 2)),
            entry("vit3", new Width(96, 3)),
            entry("tiny", new Width(192, 3)),
            entry("xsmall", new Width(256, 4)),
            entry("wee", new Width(256, 4)),
            entry("little", new Width(320, 5)),
            entry("small", new Width(384, 6)),
            entry("medium", new Width(512, 8)),
            entry("mediumd", new Width(512, 8)),
            entry("betwixt", new Width(640, 10)),
            entry("base", new Width(768, 12)),
            entry("so150m", new Width(896, 14)),
            entry("so150m2", new Width(832, 13)),
            entry("large", new Width(1024, 16)),
            entry("intern300m", new Width(1024, 16)),
            entry("so400m", new Width(1152, 16)),
            entry("huge", new Width(1280, 16)),
            entry("giant", new Width(1408, 16)),
            entry("giantopt", new Width(1536, 16)),
            entry("gigantic", new Width(1664, 16)));
    private static final Width GIANT_OF_DINOV2 = new Width(1536, 24);
    private static final Width BASE_PLUS = new Width(896, 14);
    private static final int HEADS_OF_BASE_WITHOUT_CLS = 16;

    /// @param dimensions D
    /// @param heads A
    private record Width(int dimensions, int heads) {}

    /// Reads a name.
    ///
    /// @param config for the message
    /// @throws org.patchlens.PatchlensException if it is no plain Vision Transformer; says why, where the reason
    ///     is known
    static TimmName of(String name, ModelConfig config) {
        Matcher parts = PLAIN.matcher(name);
        if (!parts.matches() || !WIDTHS.containsKey(parts.group("width"))) {
            throw config.refused("architecture is \"" + name + "\""
                    + OtherArchitecture.ofTimm(name).reason()
                    + "; known are timm's plain Vision Transformers, such as vit_base_patch16_224");
        }
        String rest = parts.group("rest");
        Width width = width(parts.group("width"), rest);
        boolean pooled = name.startsWith("vit_base_patch16_gap_");
        return new TimmName(
                width.dimensions(),
                pooled ? HEADS_OF_BASE_WITHOUT_CLS : width.heads(),
                rest.contains("_clip") ? 1e-5f : 1e-6f,
                activation(name, rest));
    }

    private static Width width(String word, String rest) {
        if (word.equals("giant") && OTHER_TRAINING.matcher(rest).find()) {
            return GIANT_OF_DINOV2;
        }
        if (word.equals("base") && rest.contains("_plus")) {
            return BASE_PLUS;
        }
        Width width = WIDTHS.get(word);
        if (width == null) {
            throw new IllegalArgumentException(word);
        }
        return width;
    }

    private static Activation activation(String name, String rest) {
        if (rest.contains("_quickgelu")) {
            return Activation.QUICK_GELU;
        }
        return TANH.matcher(name).matches() ? Activation.GELU_TANH : Activation.GELU;
    }
}
