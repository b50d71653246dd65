package org.patchlens.phantom.anatomy;

import java.util.List;
import java.util.Locale;

/// What a pixel of a mask says; the numbers are those in the files and never change.
public enum Tissue {
    BACKGROUND(0),
    LUNG(1),
    AIRWAY(2),
    VESSEL(3),
    HEART(4),
    BONE(5),
    SOFT_TISSUE(6),
    FAT(7),
    ABDOMEN(8),
    TABLE(9),
    GROUND_GLASS(10),
    CONSOLIDATION(11),
    NODULE(12),
    EFFUSION(13),
    EMPHYSEMA(14),
    MARKER(15),
    TUBE(16),
    TEXT(17);

    private static final List<Tissue> ALL = List.of(values());

    private final int number;

    Tissue(int number) {
        this.number = number;
    }

    /// The number in masks.
    public byte label() {
        return (byte) number;
    }

    /// The name of the class, such as `ground-glass`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a number in masks says.
    public static Tissue of(byte label) {
        return ALL.get(label);
    }

    /// Whether it is part of a disease.
    public boolean isLesion() {
        return number >= GROUND_GLASS.number && number <= EMPHYSEMA.number;
    }
}
