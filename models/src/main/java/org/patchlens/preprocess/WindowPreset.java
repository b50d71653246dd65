package org.patchlens.preprocess;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The windows that radiologists call by name, in Hounsfield units, after [WindowFunction#LINEAR].
public enum WindowPreset {
    LUNG(-600, 1500),
    MEDIASTINUM(40, 400),
    BONE(400, 1800),
    BONE_WIDE(480, 2500),
    LIVER(90, 150),
    BRAIN(40, 80);

    private final int centre;
    private final int width;

    WindowPreset(int centre, int width) {
        this.centre = centre;
        this.width = width;
    }

    /// The preset of a name such as `bone-wide`.
    static Optional<WindowPreset> find(String id) {
        return Arrays.stream(values()).filter(preset -> preset.id().equals(id)).findFirst();
    }

    /// The value shown as middle grey, in Hounsfield units.
    public int centre() {
        return centre;
    }

    /// From black to white, in Hounsfield units.
    public int width() {
        return width;
    }

    /// The name as it is written on the command line.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
