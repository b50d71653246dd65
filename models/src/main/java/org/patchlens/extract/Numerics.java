package org.patchlens.extract;

import java.util.Arrays;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.study.StudyManifest;

/// What the model computes with; unlike [ExtractionOptions.Effort] it changes the numbers in the study, so the
/// study keeps it.
///
/// @param precision of the linear maps
/// @param device that computes
/// @param forced whether the study is made even where the precision changes embeddings more than it should
public record Numerics(Precision precision, Device device, boolean forced) {
    /// 32-bit floats on the processor.
    public static final Numerics DEFAULT = new Numerics(Precision.FP32, Device.CPU, false);

    /// The precision that a study was made with, as its provenance says.
    public static Precision precisionOf(StudyManifest manifest) {
        boolean integers =
                Arrays.asList(manifest.provenance().options().split(", ", -1)).contains("precision " + Precision.INT8);
        return integers ? Precision.INT8 : Precision.FP32;
    }

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
