package org.patchlens.model.architecture;

/// The part of a block that looks at each token alone.
public sealed interface Mlp {
    /// The length of a token between the linear maps.
    int dimensions();

    /// The function between the linear maps.
    Activation activation();

    /// down(activation(up(x))).
    record Plain(int dimensions, Activation activation) implements Mlp {}

    /// down(activation(gate(x)) * up(x)) (Shazeer 2020, "GLU Variants Improve Transformer", arXiv:2002.05202).
    record Gated(int dimensions, Activation activation) implements Mlp {}
}
