package org.patchlens.study;

import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.tensor.FloatMatrix;

/// Everything that a study keeps of one image, as the model gave it.
///
/// @param input which one
/// @param sha256 of the file, 64 lower-case hexadecimal digits
/// @param width of the decoded image in pixels
/// @param height of the decoded image in pixels
/// @param view the image as the model saw it
/// @param tokens `float[T][D]` for each layer that the study stores, in the order of its manifest
/// @param attention present where the study stores attention
public record ExtractedImage(
        StudyInput input,
        String sha256,
        int width,
        int height,
        ViewImage view,
        List<FloatMatrix> tokens,
        Optional<ClsAttention> attention) {
    public ExtractedImage {
        tokens = List.copyOf(tokens);
    }
}
