package org.patchlens.model.family;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Activation;
import org.patchlens.model.architecture.Mlp;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;

/// The sizes that most configurations state under the same keys, within the bounds of any real model.
///
/// @param layers L
/// @param heads A
/// @param dimensions D
/// @param mlpDimensions inside the MLP
/// @param channels of the input
/// @param imageHeight in pixels
/// @param imageWidth in pixels
/// @param patchSize in pixels
record ConfigSizes(
        int layers,
        int heads,
        int dimensions,
        int mlpDimensions,
        int channels,
        int imageHeight,
        int imageWidth,
        int patchSize) {
    private static final int MOST_LAYERS = 1000;
    private static final int MOST_HEADS = 1024;
    private static final int MOST_DIMENSIONS = 1 << 16;
    private static final int MOST_MLP_DIMENSIONS = 1 << 18;
    private static final int MOST_CHANNELS = 64;
    private static final int LARGEST_PATCH = 1024;
    private static final int LARGEST_IMAGE = 1 << 14;
    private static final int MOST_PATCHES = 1 << 20;

    /// The names under which the transformers library knows activations.
    private static final Map<String, Activation> ACTIVATIONS = Map.ofEntries(
            entry("gelu", Activation.GELU),
            entry("gelu_python", Activation.GELU),
            entry("gelu_new", Activation.GELU_TANH),
            entry("gelu_fast", Activation.GELU_TANH),
            entry("gelu_pytorch_tanh", Activation.GELU_TANH),
            entry("gelu_python_tanh", Activation.GELU_TANH),
            entry("quick_gelu", Activation.QUICK_GELU),
            entry("relu", Activation.RELU),
            entry("silu", Activation.SILU),
            entry("swish", Activation.SILU));

    /// The defaults of most families.
    static final Defaults BASE_16 = new Defaults(768, 12, 3072, 16);

    /// The same with other patches.
    static final Defaults BASE_14 = new Defaults(768, 12, 3072, 14);

    /// The same with other patches.
    static final Defaults BASE_32 = new Defaults(768, 12, 3072, 32);

    /// The defaults of a smaller model.
    static final Defaults SMALL_16 = new Defaults(384, 6, 1536, 16);

    /// What the library takes for a value that a configuration does not state.
    ///
    /// @param dimensions D
    /// @param heads A
    /// @param mlpDimensions inside the MLP
    /// @param patchSize in pixels
    record Defaults(int dimensions, int heads, int mlpDimensions, int patchSize) {}

    /// Reads them.
    static ConfigSizes of(ModelConfig config, Defaults defaults) {
        return of(config, defaults, config.count("intermediate_size", defaults.mlpDimensions(), MOST_MLP_DIMENSIONS));
    }

    /// Reads them where the MLP is stated as a multiple of D, rounded down.
    static ConfigSizes withMlpRatio(ModelConfig config, Defaults defaults) {
        int dimensions = config.count("hidden_size", defaults.dimensions(), MOST_DIMENSIONS);
        double mlpDimensions = dimensions * config.number("mlp_ratio", 4, MOST_MLP_DIMENSIONS);
        if (mlpDimensions < 1 || mlpDimensions > MOST_MLP_DIMENSIONS) {
            throw config.refused("mlp_ratio gives an MLP of " + mlpDimensions + " dimensions");
        }
        return of(config, defaults, (int) mlpDimensions);
    }

    /// Reads them where the trained size is stated as the number of patches of a square.
    static ConfigSizes ofPatchCount(ModelConfig config, Defaults defaults) {
        int patches = config.count("num_patches", 256, MOST_PATCHES);
        int side = (int) Math.round(Math.sqrt(patches));
        if (side * side != patches) {
            throw config.refused("num_patches is " + patches + ", and the patches of a square are a square number");
        }
        int pixels = side * config.count("patch_size", defaults.patchSize(), LARGEST_PATCH);
        int mlpDimensions = config.count("intermediate_size", defaults.mlpDimensions(), MOST_MLP_DIMENSIONS);
        return of(config, defaults, mlpDimensions, List.of(pixels, pixels));
    }

    private static ConfigSizes of(ModelConfig config, Defaults defaults, int mlpDimensions) {
        return of(config, defaults, mlpDimensions, config.sides("image_size", 224, LARGEST_IMAGE));
    }

    /// @param image height and width in pixels
    private static ConfigSizes of(ModelConfig config, Defaults defaults, int mlpDimensions, List<Integer> image) {
        List<Integer> patch = config.sides("patch_size", defaults.patchSize(), LARGEST_PATCH);
        if (!patch.getFirst().equals(patch.getLast())) {
            throw config.refused("patch_size is " + patch + "; only square patches are supported");
        }
        ConfigSizes sizes = new ConfigSizes(
                config.count("num_hidden_layers", 12, MOST_LAYERS),
                config.count("num_attention_heads", defaults.heads(), MOST_HEADS),
                config.count("hidden_size", defaults.dimensions(), MOST_DIMENSIONS),
                mlpDimensions,
                config.count("num_channels", 3, MOST_CHANNELS),
                image.getFirst(),
                image.getLast(),
                patch.getFirst());
        sizes.refuseImpossible(config);
        return sizes;
    }

    /// An architecture of these sizes.
    ///
    /// @param family as the configuration names it
    /// @param roles of the tensors
    VitArchitecture architecture(
            String family, TokenLayout layout, Positions positions, Mlp mlp, float normEpsilon, Set<TensorRole> roles) {
        return new VitArchitecture(
                family,
                layers,
                heads,
                dimensions,
                mlp,
                channels,
                imageHeight,
                imageWidth,
                patchSize,
                layout,
                positions,
                normEpsilon,
                roles);
    }

    /// An MLP without a gate.
    Mlp plainMlp(ModelConfig config, String activation) {
        return new Mlp.Plain(mlpDimensions, activation(config, activation));
    }

    /// Stored positions with the interpolation that most families use.
    Positions learnedPositions(int specialTokens) {
        return new Positions.Learned(grid(), specialTokens, Positions.Interpolation.BICUBIC);
    }

    /// The activation of the MLP.
    static Activation activation(ModelConfig config, String otherwise) {
        return config.choice("hidden_act", otherwise, ACTIVATIONS);
    }

    /// The trained grid; a rest of the image that fills no patch is not seen, as in a convolution.
    PatchGrid grid() {
        return new PatchGrid(imageHeight / patchSize, imageWidth / patchSize);
    }

    private void refuseImpossible(ModelConfig config) {
        if (dimensions % heads != 0) {
            throw config.refused("hidden_size " + dimensions + " cannot be split into " + heads + " heads");
        }
        int rows = imageHeight / patchSize;
        int columns = imageWidth / patchSize;
        if (rows < 1 || columns < 1 || rows > 4096 || columns > 4096 || (long) rows * columns > MOST_PATCHES) {
            throw config.refused("image_size " + imageHeight + " x " + imageWidth + " with patch_size " + patchSize
                    + " gives " + rows + " x " + columns + " patches");
        }
    }
}
