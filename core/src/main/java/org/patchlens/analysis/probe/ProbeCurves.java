package org.patchlens.analysis.probe;

import org.patchlens.learning.Targets;
import org.patchlens.stats.Classification;
import org.patchlens.tensor.FloatMatrix;

/// The curves of out-of-fold predictions.
final class ProbeCurves {
    private static final int POINTS = 101;
    private static final int BINS = 10;

    private ProbeCurves() {}

    /// @param predictions `float[N][K]`
    static Probe.Curves of(FloatMatrix predictions, Targets targets) {
        Classification classification = new Classification(predictions, targets.strata());
        int from = targets.classes() == 2 ? 1 : 0;
        int curves = targets.classes() - from;
        FloatMatrix operating = FloatMatrix.zeros(curves, POINTS);
        FloatMatrix calibration = FloatMatrix.zeros(curves, BINS);
        FloatMatrix counts = FloatMatrix.zeros(curves, BINS);
        FloatMatrix errors = FloatMatrix.zeros(1, curves);
        for (int curve = 0; curve < curves; curve++) {
            operating.row(curve).copyFrom(classification.ranking(from + curve).curve(POINTS));
            Classification.Calibration bins = classification.calibration(from + curve, BINS);
            calibration.row(curve).copyFrom(bins.bins().row(1));
            counts.row(curve).copyFrom(bins.bins().row(2));
            errors.set(0, curve, (float) bins.error());
        }
        FloatMatrix confusion = classification.confusion(classification.ones());
        return new Probe.Curves(operating, calibration, counts, errors, confusion);
    }
}
