package org.patchlens.model;

import org.patchlens.embedding.ClsAttention;
import org.patchlens.tensor.FloatMatrix;

/// The attention that a run returned, as its [org.patchlens.model.architecture.AttentionRequest] asked.
public sealed interface AttentionOutput {
    /// Room in the same memory for some of the images.
    ///
    /// @param first 0 to B - 1
    /// @param images at least 1
    /// @param tokens T
    default AttentionOutput part(int first, int images, int tokens) {
        int end = first + images;
        return switch (this) {
            case None none -> none;
            case Cls(int layers, int heads, FloatMatrix rows, FloatMatrix rollout) ->
                new Cls(
                        layers,
                        heads,
                        rows.rows(first * layers * heads, end * layers * heads),
                        rollout.rows(first, end));
            case OfBlock(int block, int heads, FloatMatrix matrices) ->
                new OfBlock(block, heads, matrices.rows(first * heads * tokens, end * heads * tokens));
        };
    }

    /// No attention.
    record None() implements AttentionOutput {}

    /// What CLS tokens read.
    ///
    /// @param layers L
    /// @param heads A
    /// @param rows `float[B * L * A][T]`
    /// @param rollout `float[B][T]`
    record Cls(int layers, int heads, FloatMatrix rows, FloatMatrix rollout) implements AttentionOutput {
        /// The attention of one image; a view, not a copy.
        ///
        /// @param image 0 to B - 1
        public ClsAttention of(int image) {
            int count = layers * heads;
            return new ClsAttention(layers, heads, rows.rows(image * count, (image + 1) * count), rollout.row(image));
        }
    }

    /// Whole softmax matrices.
    ///
    /// @param block 1 to L
    /// @param heads A
    /// @param matrices `float[B * A * T][T]`
    record OfBlock(int block, int heads, FloatMatrix matrices) implements AttentionOutput {
        /// The matrix of one image and head, `float[T][T]`, row i what token i reads; a view, not a copy.
        ///
        /// @param image 0 to B - 1
        /// @param head 0 to A - 1
        public FloatMatrix matrix(int image, int head) {
            int tokens = matrices.columns();
            int first = (image * heads + head) * tokens;
            return matrices.rows(first, first + tokens);
        }
    }
}
