package org.patchlens.phantom;

import org.patchlens.phantom.cohort.CohortOptions;

/// What is written.
///
/// @param cohort who is scanned
/// @param pixels of an image's side, [#LEAST_PIXELS] to [#MOST_PIXELS]
/// @param volumes whether the whole chests are written too
/// @param threads that work, at least 1; the bytes do not depend on them
public record PhantomOptions(CohortOptions cohort, int pixels, boolean volumes, int threads) {
    /// Of an image's side.
    public static final int LEAST_PIXELS = 64;

    /// Of an image's side.
    public static final int MOST_PIXELS = 1024;

    public PhantomOptions {
        if (pixels < LEAST_PIXELS || pixels > MOST_PIXELS || threads < 1) {
            throw new IllegalArgumentException(pixels + " pixels, " + threads + " threads");
        }
    }
}
