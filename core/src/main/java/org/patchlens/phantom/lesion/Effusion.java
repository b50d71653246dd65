package org.patchlens.phantom.lesion;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Fluid between lung and wall that gathers at the back, most at the bottom, with pressed lung before it.
///
/// @param left on which side
/// @param depth of the fluid at the bottom, in millimetres
/// @param top height where it ends
/// @param noise waves its surface
record Effusion(boolean left, double depth, double top, SmoothNoise noise) implements Lesion {
    private static final double FLUID = 9;
    private static final double PRESSED = 28;
    private static final double RIM = 4;

    @Override
    public Tissue tissue() {
        return Tissue.EFFUSION;
    }

    @Override
    public boolean near(double z) {
        return z < top;
    }

    @Override
    public Disc shadow(ChestLevel level) {
        Measures measures = level.chest().measures();
        double half = measures.halfWidth() / 2;
        return new Disc(left ? half : -half, 0.4 * measures.halfDepth(), measures.halfWidth());
    }

    @Override
    public double extent(ChestLevel level, double x, double y) {
        return (x > 0) == left ? Curves.step(0.8, -0.8, surface(level, x, y)) : 0;
    }

    /// The signed distance to the fluid with its rim of pressed lung.
    private double surface(ChestLevel level, double x, double y) {
        double height = Curves.step(top, top - 170, level.z());
        double back = Curves.step(-0.35, 1, y / level.chest().measures().halfDepth());
        double thickness =
                depth * (0.25 + 0.75 * height) * back * back + 3 * back * noise.at(x / 18, y / 18, level.z() / 20);
        return -level.cavity(x, y) - thickness;
    }

    @Override
    public double opacity(ChestLevel level, double x, double y) {
        return 1;
    }

    @Override
    public double density(ChestLevel level, double x, double y) {
        return Curves.mix(FLUID, PRESSED, Curves.step(-RIM - 1, -RIM + 1, surface(level, x, y)));
    }
}
