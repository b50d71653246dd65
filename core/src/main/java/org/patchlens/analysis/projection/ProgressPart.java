package org.patchlens.analysis.projection;

import org.patchlens.analysis.Progress;

/// A part of the work, from one share of the whole to another.
///
/// @param progress told of the whole
/// @param from the share that is done before, 0 to 1
/// @param to the share that is done after, 0 to 1
record ProgressPart(Progress progress, double from, double to) {
    private static final long STEPS = 10_000;

    /// The whole work.
    static ProgressPart whole(Progress progress) {
        return new ProgressPart(progress, 0, 1);
    }

    /// A part of this part.
    ProgressPart part(double start, double end) {
        return new ProgressPart(progress, from + start * (to - from), from + end * (to - from));
    }

    /// This share of the part is done, 0 to 1.
    void reach(double share) {
        progress.report("project", Math.round(STEPS * (from + share * (to - from))), STEPS);
    }
}
