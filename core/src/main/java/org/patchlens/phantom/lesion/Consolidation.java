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
    private static final FrayedBody.Edge EDGE = new FrayedBody.Edge(8, 11, 3, 2);
    private static final double DENSITY = 32;

    private FrayedBody frayed() {
        return new FrayedBody(body, noise, EDGE);
    }

    @Override
    public Tissue tissue() {
        return Tissue.CONSOLIDATION;
    }

    @Override
    public boolean near(double z) {
        return frayed().near(z);
    }

    @Override
    public Disc shadow(ChestLevel level) {
        return frayed().shadow();
    }

    @Override
    public double extent(ChestLevel level, double x, double y) {
        return frayed().extent(x, y, level.z());
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
