package org.patchlens.model.architecture;

/// Which attention a run returns besides tokens.
public sealed interface AttentionRequest {
    /// None.
    AttentionRequest NONE = new None();

    /// The CLS row of every block and head, and the CLS row of the rollout.
    AttentionRequest CLS = new Cls();

    /// No attention.
    record None() implements AttentionRequest {}

    /// What the CLS token reads in every block and head, `float[L * A][T]` per image, and the CLS row of the
    /// rollout, `float[T]` per image. For models that have a CLS token.
    record Cls() implements AttentionRequest {}

    /// The whole softmax matrices of one block, `float[A][T][T]` per image.
    ///
    /// @param block 1 to L
    record OfBlock(int block) implements AttentionRequest {}
}
