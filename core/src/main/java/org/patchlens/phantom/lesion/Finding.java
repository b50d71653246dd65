package org.patchlens.phantom.lesion;

import java.util.Locale;

/// What a patient has.
public enum Finding {
    NONE,
    GROUND_GLASS,
    CONSOLIDATION,
    NODULES,
    EFFUSION,
    EMPHYSEMA;

    /// The word in tables, such as `ground-glass`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
