package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// A hazy cloud through which vessels are seen.
///
/// @param body its outline before it is frayed
/// @param noise frays it
/// @param haze how much it hides, 0 to 1
record GroundGlass(Ellipsoid body, SmoothNoise noise, double haze) implements DiffuseLesion {
    private static final Edge EDGE = new Edge(9, 15, 3, 3.5);
    private static final double DENSITY = -180;

    @Override
    public Edge edge() {
        return EDGE;
    }

    @Override
    public Tissue tissue() {
        return Tissue.GROUND_GLASS;
    }

    @Override
    public double opacity(ChestLevel level, double x, double y) {
        double net = Curves.bump(noise.at(x / 4.5 + 50, y / 4.5, level.z() / 4.5), 0, 0.12);
        return Math.clamp(haze + 0.14 * noise.fractal(x / 6, y / 6, level.z() / 6, 2) + 0.1 * net, 0, 1);
    }

    @Override
    public double density(ChestLevel level, double x, double y) {
        return DENSITY;
    }
}
