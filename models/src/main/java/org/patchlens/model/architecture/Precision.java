package org.patchlens.model.architecture;

/// The numbers that linear maps are computed with.
public enum Precision {
    /// 32-bit floats, as the weights were trained.
    FP32("fp32"),
    /// 8-bit integers: the weights of a linear map have one scale per output, its inputs one per token. Norms,
    /// attention and activations stay 32-bit floats.
    INT8("int8");

    private final String title;

    Precision(String title) {
        this.title = title;
    }

    /// The word for it in flags and provenance.
    public String title() {
        return title;
    }

    @Override
    public String toString() {
        return title;
    }
}
