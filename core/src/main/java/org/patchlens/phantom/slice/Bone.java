package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.geometry.Curves;

/// How dense bones are: a hard shell around spongy marrow.
final class Bone {
    private static final double CORTEX = 830;
    private static final double YOUNG_MARROW = 270;
    private static final double LOSS = 140;

    private Bone() {}

    /// Hounsfield units inside a bone.
    ///
    /// @param distance signed, to its surface
    /// @param shell thickness of the hard part
    /// @param grain -1 to 1
    static double density(double distance, double shell, Measures measures, double grain) {
        double marrow = YOUNG_MARROW - LOSS * wear(measures) + 150 * grain;
        return Curves.mix(
                marrow, CORTEX - 120 * wear(measures) + 90 * grain, Curves.step(-shell - 0.7, -shell + 0.5, distance));
    }

    private static double wear(Measures measures) {
        return measures.wear();
    }
}
