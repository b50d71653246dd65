package org.patchlens.phantom.lesion;

import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// An ellipsoid whose edge is frayed: where a diffuse disease of the lung lies.
///
/// @param whole the ellipsoid before
/// @param noise frays it
/// @param edge how
record FrayedBody(Ellipsoid whole, SmoothNoise noise, Edge edge) {
    /// In millimetres; more than any soft edge, because the distance to an ellipsoid is one of first order.
    private static final double MARGIN = 8;

    /// How an edge is frayed.
    ///
    /// @param depth of the frays in millimetres
    /// @param length of the frays in millimetres
    /// @param octaves of finer frays on them
    /// @param soft half of the width over which the disease fades out, in millimetres
    record Edge(double depth, double length, int octaves, double soft) {}

    /// Whether a level cuts it.
    boolean near(double z) {
        return whole.near(z, edge.depth());
    }

    /// What of a level must be looked at.
    Disc shadow() {
        return whole.grown(edge.depth() + MARGIN).shadow();
    }

    /// How much of a place it takes, 0 to 1.
    double extent(double x, double y, double z) {
        double length = edge.length();
        double fray = edge.depth() * noise.fractal(x / length, y / length, z / length, edge.octaves());
        return Curves.step(edge.soft(), -edge.soft(), whole.distance(x, y, z) + fray);
    }
}
