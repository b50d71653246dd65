package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.SmoothNoise;

/// A disease that fills an ellipsoid of lung whose edge is frayed.
sealed interface DiffuseLesion extends Lesion permits GroundGlass, Consolidation, Emphysema {
    /// In millimetres; more than any soft edge, because the distance to an ellipsoid is one of first order.
    double MARGIN = 8;

    /// How an edge is frayed.
    ///
    /// @param depth of the frays in millimetres
    /// @param length of the frays in millimetres
    /// @param octaves of finer frays on them
    /// @param soft half of the width over which the disease fades out, in millimetres
    record Edge(double depth, double length, int octaves, double soft) {}

    /// Its outline before it is frayed.
    Ellipsoid body();

    /// What frays it.
    SmoothNoise noise();

    /// How it is frayed.
    Edge edge();

    @Override
    default boolean near(double z) {
        return body().near(z, edge().depth());
    }

    @Override
    default Disc shadow(ChestLevel level) {
        return body().grown(edge().depth() + MARGIN).shadow();
    }

    @Override
    default double extent(ChestLevel level, double x, double y) {
        Edge edge = edge();
        double length = edge.length();
        double fray = edge.depth() * noise().fractal(x / length, y / length, level.z() / length, edge.octaves());
        return Curves.step(edge.soft(), -edge.soft(), body().distance(x, y, level.z()) + fray);
    }
}
