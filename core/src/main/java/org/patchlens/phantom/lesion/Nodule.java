package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.SmoothNoise;

/// A round solid spot, smooth or with spikes.
///
/// @param centre its middle
/// @param radius in millimetres
/// @param spikes 0 for smooth to 1
/// @param noise shapes it
/// @param calcium whether its middle is hard
record Nodule(Point centre, double radius, double spikes, SmoothNoise noise, boolean calcium) implements Lesion {
    private static final double DENSITY = 38;
    private static final double HARD = 480;

    @Override
    public Tissue tissue() {
        return Tissue.NODULE;
    }

    @Override
    public boolean near(double z) {
        return Math.abs(z - centre.z()) < 1.6 * radius;
    }

    @Override
    public Disc shadow(ChestLevel level) {
        return new Disc(centre.x(), centre.y(), 1.8 * radius);
    }

    @Override
    public double extent(ChestLevel level, double x, double y) {
        double away = distance(level, x, y);
        double angle = Math.atan2(y - centre.y(), x - centre.x());
        double lobes = 0.16 * noise.at(1.6 * Math.cos(angle), 1.6 * Math.sin(angle), level.z() / 9);
        double ray = Curves.step(0.3, 0.8, noise.at(5 * Math.cos(angle), 5 * Math.sin(angle), level.z() / 6));
        double edge = radius * (1 + lobes + 0.45 * spikes * ray);
        return Curves.step(0.7, -0.7, away - edge);
    }

    private double distance(ChestLevel level, double x, double y) {
        return centre.minus(new Point(x, y, level.z())).length();
    }

    @Override
    public double opacity(ChestLevel level, double x, double y) {
        return 1;
    }

    @Override
    public double density(ChestLevel level, double x, double y) {
        return calcium ? DENSITY + HARD * Curves.step(0.55 * radius, 0.3 * radius, distance(level, x, y)) : DENSITY;
    }
}
