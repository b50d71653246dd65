package org.patchlens.model.architecture;

import ai.onnxruntime.OrtProvider;

/// What the model runs on. Which of them there are is a matter of the ONNX Runtime that this program was built
/// with.
public enum Device {
    CPU("cpu", OrtProvider.CPU),
    /// NVIDIA graphics processors.
    CUDA("cuda", OrtProvider.CUDA),
    /// Apple's processors.
    COREML("coreml", OrtProvider.CORE_ML),
    /// Graphics processors under Windows.
    DIRECTML("directml", OrtProvider.DIRECT_ML);

    private final String title;
    private final OrtProvider provider;

    Device(String title, OrtProvider provider) {
        this.title = title;
        this.provider = provider;
    }

    /// The word for it in flags and provenance.
    public String title() {
        return title;
    }

    /// The part of ONNX Runtime that computes on it.
    public OrtProvider provider() {
        return provider;
    }

    @Override
    public String toString() {
        return title;
    }
}
