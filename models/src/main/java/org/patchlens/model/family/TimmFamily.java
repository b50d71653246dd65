package org.patchlens.model.family;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.safetensors.Checkpoint;

/// timm's own folders, and those that transformers writes around its models: `config.json` names an architecture
/// and the arguments that differ from it. Depth, widths, special tokens, positions, scales and norms are those of
/// the weights; heads, activation and the epsilon of norms, which have no shape, come from the name.
final class TimmFamily {
    private static final int MOST_HEADS = 1024;

    private static final TensorNames NAMES = VitNames.ORIGINAL
            .with(TensorRole.REGISTER_TOKENS, "reg_token")
            .with(TensorRole.INPUT_NORM_WEIGHT, TensorRole.INPUT_NORM_BIAS, "norm_pre");

    private static final TensorNames GATED = NAMES.withParts(
                    "blocks.*.mlp.fc1.weight", TensorRole.MLP_GATE_WEIGHT, TensorRole.MLP_UP_WEIGHT)
            .withParts("blocks.*.mlp.fc1.bias", TensorRole.MLP_GATE_BIAS, TensorRole.MLP_UP_BIAS);

    /// What a model has if its weights have it.
    private static final Set<TensorRole> OPTIONAL = Set.of(
            TensorRole.PATCH_BIAS,
            TensorRole.INPUT_NORM_WEIGHT,
            TensorRole.INPUT_NORM_BIAS,
            TensorRole.FINAL_NORM_WEIGHT,
            TensorRole.FINAL_NORM_BIAS,
            TensorRole.QUERY_BIAS,
            TensorRole.KEY_BIAS,
            TensorRole.VALUE_BIAS,
            TensorRole.ATTENTION_OUTPUT_BIAS,
            TensorRole.ATTENTION_SCALE,
            TensorRole.MLP_SCALE);

    /// Arguments that put other parts into a model whose tensors may be named like those of the plain one.
    private static final List<String> OTHER_PARTS =
            List.of("block_fn", "attn_layer", "mlp_layer", "norm_layer", "embed_layer", "embed_norm_layer");

    /// timm's names of activations.
    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "gelu", Activation.GELU,
            "gelu_tanh", Activation.GELU_TANH,
            "quick_gelu", Activation.QUICK_GELU,
            "relu", Activation.RELU,
            "silu", Activation.SILU,
            "swish", Activation.SILU);

    static final ModelFamily FAMILY = new ModelFamily(
            "timm", TimmFamily::architecture, List.of("", TimmShapes.OF_WRAPPER), List.of(NAMES, GATED));

    private TimmFamily() {}

    private static VitArchitecture architecture(ModelConfig config, Supplier<Checkpoint> checkpoint) {
        String architecture = config.text("architecture", "");
        TimmName name = TimmName.of(architecture, config);
        ModelConfig arguments = config.findSection("model_args").orElseGet(config::empty);
        refuseOtherParts(arguments);
        TimmShapes shapes = TimmShapes.of(checkpoint.get(), config);
        TokenLayout layout = layout(shapes);
        TimmShapes.Patches patches = shapes.patches();
        Positions.Learned positions = shapes.positions(layout, arguments);
        Mlp mlp = shapes.isGated()
                ? new Mlp.Gated(shapes.gatedDimensions(), arguments.choice("act_layer", "silu", ACTIVATIONS))
                : new Mlp.Plain(shapes.plainDimensions(), activation(name, arguments));
        PatchGrid grid = positions.grid();
        return new VitArchitecture(
                architecture,
                shapes.layers(),
                heads(name, patches.dimensions(), arguments),
                patches.dimensions(),
                mlp,
                patches.channels(),
                grid.rows() * patches.side(),
                grid.columns() * patches.side(),
                patches.side(),
                layout,
                positions,
                name.normEpsilon(),
                roles(Roles.of(layout, positions, mlp), shapes));
    }

    private static TokenLayout layout(TimmShapes shapes) {
        List<SpecialToken> prefix = new ArrayList<>();
        if (shapes.has("cls_token")) {
            prefix.add(SpecialToken.CLS);
        }
        if (shapes.has("dist_token")) {
            prefix.add(SpecialToken.DISTILLATION);
        }
        prefix.addAll(Collections.nCopies(shapes.registers(), SpecialToken.REGISTER));
        return new TokenLayout(prefix);
    }

    private static Activation activation(TimmName name, ModelConfig arguments) {
        return arguments.has("act_layer") ? arguments.choice("act_layer", "", ACTIVATIONS) : name.activation();
    }

    /// The name's heads belong to the name's width, unless the arguments say that the width is another.
    private static int heads(TimmName name, int dimensions, ModelConfig arguments) {
        int stated = arguments.count("embed_dim", name.dimensions(), 1 << 16);
        if (stated != dimensions) {
            throw arguments.refused("the architecture has " + stated + " dimensions and the weights have " + dimensions
                    + "; model_args.embed_dim and num_heads are expected where they differ from the architecture");
        }
        int heads = arguments.count("num_heads", name.heads(), MOST_HEADS);
        if (dimensions % heads != 0) {
            throw arguments.refused(dimensions + " dimensions cannot be split into " + heads + " heads");
        }
        return heads;
    }

    private static void refuseOtherParts(ModelConfig arguments) {
        for (String key : OTHER_PARTS) {
            if (arguments.has(key)) {
                throw arguments.refused("model_args has " + key
                        + ", which puts another part into the architecture; only its own parts are supported");
            }
        }
    }

    private static Set<TensorRole> roles(Set<TensorRole> roles, TimmShapes shapes) {
        for (TensorRole role : OPTIONAL) {
            if (shapes.has(NAMES.get(role).name(1))) {
                roles.add(role);
            } else {
                roles.remove(role);
            }
        }
        return roles;
    }
}
