package org.patchlens.extract;

import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;

/// What the model computes with; unlike [ExtractionOptions.Effort] it changes the numbers in the study, so the
/// study keeps it.
///
/// @param precision of the linear maps
/// @param device that computes
/// @param forced whether the study is made even where the precision changes embeddings more than it should
public record Numerics(Precision precision, Device device, boolean forced) {
    /// 32-bit floats on the processor.
    public static final Numerics DEFAULT = new Numerics(Precision.FP32, Device.CPU, false);

    /// How a session computes.
    ///
    /// @param threads that work on one run
    Computation computation(int threads) {
        return new Computation(precision, device, threads);
    }

    /// What the provenance of a study says; nothing where nothing is special, as studies always said.
    String canonicalText() {
        return (precision == Precision.FP32 ? "" : ", precision " + precision)
                + (device == Device.CPU ? "" : ", device " + device);
    }
}
