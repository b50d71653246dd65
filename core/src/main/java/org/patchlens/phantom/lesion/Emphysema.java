package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// A region of lung with holes of air, a few millimetres each.
///
/// @param body its outline before it is frayed
/// @param noise frays it and holds the holes
/// @param hole usual size of a hole in millimetres
record Emphysema(Ellipsoid body, SmoothNoise noise, double hole) implements DiffuseLesion {
    private static final Edge EDGE = new Edge(8, 20, 2, 4);
    private static final double DENSITY = -985;

    @Override
    public Edge edge() {
        return EDGE;
    }

    @Override
    public Tissue tissue() {
        return Tissue.EMPHYSEMA;
    }

    @Override
    public double opacity(ChestLevel level, double x, double y) {
        double field = noise.at(x / hole + 90, y / hole, level.z() / hole);
        return 0.3 + 0.7 * Curves.step(-0.12, 0.12, field);
    }

    @Override
    public double density(ChestLevel level, double x, double y) {
        return DENSITY;
    }
}
