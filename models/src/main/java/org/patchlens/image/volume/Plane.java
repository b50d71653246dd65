package org.patchlens.image.volume;

import java.util.Locale;
import org.patchlens.PatchlensException;

/// The direction in which a volume is cut; decides what is up and left in the picture, as radiologists expect it.
///
/// The slices are numbered along the normal in canonical order, from 0: axial from the feet up, coronal from the
/// back forward, sagittal from the patient's left to the right.
public enum Plane {
    /// Seen from the feet: the top is the patient's front, the left of the picture is the patient's right.
    AXIAL(2, 1, 0),
    /// Seen from the front: the top is the head, the left of the picture is the patient's right.
    CORONAL(1, 2, 0),
    /// Seen from the patient's left: the top is the head, the left of the picture is the patient's front.
    SAGITTAL(0, 2, 1);

    private final int normal;
    private final int vertical;
    private final int horizontal;

    Plane(int normal, int vertical, int horizontal) {
        this.normal = normal;
        this.vertical = vertical;
        this.horizontal = horizontal;
    }

    /// Reads the value of `--plane`.
    public static Plane parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "axial" -> AXIAL;
            case "coronal" -> CORONAL;
            case "sagittal" -> SAGITTAL;
            default ->
                throw PatchlensException.usage("--plane " + text, "no such plane", "Use axial, coronal or sagittal");
        };
    }

    /// The plane in which a volume is a picture: axial, unless the volume is one voxel thin in exactly one other
    /// direction.
    public static Plane natural(Extent canonical) {
        boolean thick = canonical.third() > 1;
        if (thick && canonical.second() == 1 && canonical.first() > 1) {
            return CORONAL;
        }
        return thick && canonical.first() == 1 && canonical.second() > 1 ? SAGITTAL : AXIAL;
    }

    /// The canonical axis across the slices.
    public int normal() {
        return normal;
    }

    /// The canonical axis that grows from the bottom of the picture to its top.
    public int vertical() {
        return vertical;
    }

    /// The canonical axis that grows from the right of the picture to its left.
    public int horizontal() {
        return horizontal;
    }

    /// The name as it is written on the command line.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
