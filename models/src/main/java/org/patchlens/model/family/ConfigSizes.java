package org.patchlens.model.family;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.Activation;

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

    /// Reads them, with the defaults of a ViT-B/16.
    static ConfigSizes of(ModelConfig config) {
        List<Integer> image = config.sides("image_size", 224, LARGEST_IMAGE);
        List<Integer> patch = config.sides("patch_size", 16, LARGEST_PATCH);
        if (!patch.getFirst().equals(patch.getLast())) {
            throw config.refused("patch_size is " + patch + "; only square patches are supported");
        }
        ConfigSizes sizes = new ConfigSizes(
                config.count("num_hidden_layers", 12, MOST_LAYERS),
                config.count("num_attention_heads", 12, MOST_HEADS),
                config.count("hidden_size", 768, MOST_DIMENSIONS),
                config.count("intermediate_size", 3072, MOST_MLP_DIMENSIONS),
                config.count("num_channels", 3, MOST_CHANNELS),
                image.getFirst(),
                image.getLast(),
                patch.getFirst());
        sizes.refuseImpossible(config);
        return sizes;
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
