package org.patchlens.model.architecture;

/// The function between the two linear maps of a block's MLP.
public enum Activation {
    /// x Phi(x) with the error function (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    GELU,
    /// The same with the approximation of Phi by tanh.
    GELU_TANH,
    /// x sigmoid(1.702 x).
    QUICK_GELU,
    /// max(0, x).
    RELU,
    /// x sigmoid(x).
    SILU
}
