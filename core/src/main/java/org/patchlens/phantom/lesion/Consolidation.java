package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Lung without air; open bronchi stay visible in it.
///
/// @param body its outline before it is frayed
/// @param noise frays it
record Consolidation(Ellipsoid body, SmoothNoise noise) implements Lesion {
    private static final double FRAY = 8;
    private static final double DENSITY = 32;

    @Override
    public Tissue tissue() {
        return Tissue.CONSOLIDATION;
    }

    @Override
    public boolean near(double z) {
        return body.near(z, FRAY);
    }

    @Override
    public Disc shadow(ChestLevel level) {
        return body.grown(FRAY + 8).shadow();
    }

    @Override
    public double extent(ChestLevel level, double x, double y) {
        double frayed = body.distance(x, y, level.z()) + FRAY * noise.fractal(x / 11, y / 11, level.z() / 11, 3);
        return Curves.step(2, -2, frayed);
    }

    @Override
    public double opacity(ChestLevel level, double x, double y) {
        double bubble = Curves.step(0.42, 0.7, noise.fractal(x / 3.5, y / 3.5, level.z() / 3.5, 2));
        return 1 - 0.55 * bubble;
    }

    @Override
    public double density(ChestLevel level, double x, double y) {
        return DENSITY + 8 * noise.at(x / 5, y / 5, level.z() / 5);
    }
}
