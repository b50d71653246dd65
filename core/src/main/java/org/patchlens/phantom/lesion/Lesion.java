package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Disc;

/// One diseased place.
public sealed interface Lesion permits DiffuseLesion, Nodule, Effusion {
    /// What it is called in masks.
    Tissue tissue();

    /// Whether a height meets it.
    boolean near(double z);

    /// What of a height must be looked at.
    Disc shadow(ChestLevel level);

    /// How far a place belongs to it, 0 to 1; from 0.5 it belongs to its mask.
    double extent(ChestLevel level, double x, double y);

    /// How much of what was there it replaces where it belongs wholly, 0 to 1.
    double opacity(ChestLevel level, double x, double y);

    /// Its Hounsfield units.
    double density(ChestLevel level, double x, double y);
}
