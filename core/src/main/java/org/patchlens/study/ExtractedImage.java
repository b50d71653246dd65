package org.patchlens.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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
/// @param coverage `float[P][C]`, the share of each patch that each class covers; for an image that has a mask, in
///     a study that has mask classes
/// @param header columns that the file's header tells of the image; holds nothing that identifies a person
public record ExtractedImage(
        StudyInput input,
        String sha256,
        int width,
        int height,
        ViewImage view,
        List<FloatMatrix> tokens,
        Optional<ClsAttention> attention,
        Optional<FloatMatrix> coverage,
        SequencedMap<String, String> header) {
    public ExtractedImage {
        tokens = List.copyOf(tokens);
        header = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(header));
    }

    /// An image without mask, whose header tells nothing.
    public ExtractedImage(
            StudyInput input,
            String sha256,
            int width,
            int height,
            ViewImage view,
            List<FloatMatrix> tokens,
            Optional<ClsAttention> attention) {
        this(input, sha256, width, height, view, tokens, attention, Optional.empty(), new LinkedHashMap<>());
    }
}
