package org.patchlens.phantom.anatomy;

import java.util.Locale;

/// The sex that a chest is shaped after.
public enum Sex {
    FEMALE,
    MALE;

    /// The word in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
