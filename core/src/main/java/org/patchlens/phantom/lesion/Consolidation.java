package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Lung without air; open bronchi stay visible in it.
///
/// @param body its outline before it is frayed
/// @param noise frays it
record Consolidation(Ellipsoid body, SmoothNoise noise) implements DiffuseLesion {
    private static final Edge EDGE = new Edge(8, 11, 3, 2);
    private static final double DENSITY = 32;

    @Override
    public Edge edge() {
        return EDGE;
    }

    @Override
    public Tissue tissue() {
        return Tissue.CONSOLIDATION;
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
