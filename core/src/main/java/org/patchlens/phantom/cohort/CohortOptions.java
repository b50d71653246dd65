package org.patchlens.phantom.cohort;

import java.util.List;
import org.patchlens.tensor.Seed;

/// Which patients are wanted.
///
/// @param patients how many; half of them, rounded down, are diseased
/// @param slices of each patient
/// @param shortcuts what is planted; each kind at most once
/// @param seed of everything
public record CohortOptions(int patients, int slices, List<Shortcut> shortcuts, Seed seed) {
    public CohortOptions {
        shortcuts = List.copyOf(shortcuts);
        if (patients < 1 || slices < 1) {
            throw new IllegalArgumentException(patients + " patients, " + slices + " slices");
        }
    }
}
