package org.patchlens.embedding;

/// A token that stands for no patch.
public enum SpecialToken {
    /// The classification token, from which the CLS attention is read.
    CLS,
    /// The second classification token of distilled models (DeiT).
    DISTILLATION,
    /// A register: room for global information (Darcet et al. 2023, "Vision Transformers Need Registers").
    REGISTER
}
