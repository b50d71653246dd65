package org.patchlens.phantom.anatomy;

import java.util.Locale;

/// What a pixel of a mask says; the label is the ordinal.
public enum Tissue {
    BACKGROUND,
    LUNG,
    AIRWAY,
    VESSEL,
    HEART,
    BONE,
    SOFT_TISSUE,
    FAT,
    ABDOMEN,
    TABLE,
    GROUND_GLASS,
    CONSOLIDATION,
    NODULE,
    EFFUSION,
    EMPHYSEMA,
    MARKER,
    TUBE,
    TEXT;

    private static final Tissue[] ALL = values();

    /// The number in masks.
    public byte label() {
        return (byte) ordinal();
    }

    /// The name of the class, such as `ground-glass`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a number in masks says.
    public static Tissue of(byte label) {
        return ALL[label];
    }

    /// Whether it is part of a disease.
    public boolean isLesion() {
        return ordinal() >= GROUND_GLASS.ordinal() && ordinal() <= EMPHYSEMA.ordinal();
    }
}
