package org.patchlens.model.architecture;

import java.util.List;
import org.patchlens.embedding.Layer;

/// What a session computes for every image.
///
/// @param inputHeight of the preprocessed image in pixels, a multiple of the patch size
/// @param inputWidth of the preprocessed image in pixels, a multiple of the patch size
/// @param layers whose tokens are returned, in ascending order without repetition; blocks after the last of them
///     are not computed
/// @param attention that is returned as well
public record VitRequest(int inputHeight, int inputWidth, List<Layer> layers, AttentionRequest attention) {
    public VitRequest {
        layers = layers.stream().sorted().distinct().toList();
    }

    /// Tokens alone.
    public static VitRequest ofTokens(int inputHeight, int inputWidth, List<Layer> layers) {
        return new VitRequest(inputHeight, inputWidth, layers, AttentionRequest.NONE);
    }
}
