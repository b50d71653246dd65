package org.patchlens.phantom.scanner;

import java.util.Locale;

/// What may tell a model the label without a look at the disease.
public enum ShortcutKind {
    /// A letter of lead beside the body.
    MARKER,
    /// A feeding tube in the gullet and a cable on the chest.
    TUBE,
    /// Words burned into the picture.
    TEXT,
    /// A flat table instead of a curved one.
    TABLE,
    /// The hospital, with its scanners.
    SITE;

    /// The word on the command line and in tables.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
