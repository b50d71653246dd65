package org.patchlens.phantom.cohort;

import java.util.Locale;

/// What a patient's images are for.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /// The word in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
