package org.patchlens.model;

import java.util.List;
import org.patchlens.embedding.Layer;
import org.patchlens.tensor.FloatMatrix;

/// Room for what a session computes for B images; filled by [VitSession#run], and filled again by the next run
/// that is given it.
///
/// @param images B
/// @param tokensPerImage T
/// @param layers that were asked for, in ascending order
/// @param tokens one matrix `float[B * T][D]` per layer
/// @param attention that was asked for
public record VitOutput(
        int images, int tokensPerImage, List<Layer> layers, List<FloatMatrix> tokens, AttentionOutput attention) {
    public VitOutput {
        layers = List.copyOf(layers);
        tokens = List.copyOf(tokens);
    }

    /// The tokens of all images at one layer, `float[B * T][D]`.
    ///
    /// @throws IllegalArgumentException if the layer was not asked for
    public FloatMatrix tokens(Layer layer) {
        int index = layers.indexOf(layer);
        if (index < 0) {
            throw new IllegalArgumentException("layer " + layer + " was not asked for, only " + layers);
        }
        return tokens.get(index);
    }

    /// The tokens of one image at one layer, `float[T][D]`; a view, not a copy.
    ///
    /// @param image 0 to B - 1
    public FloatMatrix tokens(Layer layer, int image) {
        return tokens(layer).rows(image * tokensPerImage, (image + 1) * tokensPerImage);
    }

    /// Room in the same memory for the first images only, for a batch that is not full.
    ///
    /// @param count 1 to B
    public VitOutput first(int count) {
        return part(0, count);
    }

    /// Room in the same memory for some of the images.
    ///
    /// @param first 0 to B - 1
    /// @param count at least 1
    VitOutput part(int first, int count) {
        return count == images
                ? this
                : new VitOutput(
                        count,
                        tokensPerImage,
                        layers,
                        tokens.stream()
                                .map(matrix -> matrix.rows(first * tokensPerImage, (first + count) * tokensPerImage))
                                .toList(),
                        attention.part(first, count, tokensPerImage));
    }
}
