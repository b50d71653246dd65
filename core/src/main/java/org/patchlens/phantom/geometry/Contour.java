package org.patchlens.phantom.geometry;

import java.util.function.DoubleUnaryOperator;

/// A closed line around a centre: a radius for every direction, tabulated.
///
/// Directions are angles in radians from -pi to pi as `atan2(y, x)` gives them: 0 is the patient's left, pi / 2
/// the back.
public final class Contour {
    /// Directions in the table.
    public static final int BINS = 1440;

    private final float[] radii = new float[BINS + 1];

    private Contour() {}

    /// Tabulates a line.
    ///
    /// @param radius in millimetres of each direction
    public static Contour of(DoubleUnaryOperator radius) {
        Contour contour = new Contour();
        for (int bin = 0; bin < BINS; bin++) {
            contour.radii[bin] = (float) radius.applyAsDouble(angle(bin));
        }
        contour.radii[BINS] = contour.radii[0];
        return contour;
    }

    /// The direction of an entry of the table.
    public static double angle(int bin) {
        return (bin * 2.0 / BINS - 1) * Math.PI;
    }

    /// Where a direction lies in the table, 0 to [#BINS].
    public static double bin(double angle) {
        return Math.clamp((angle / Math.PI + 1) * (BINS / 2.0), 0, BINS - 1e-6);
    }

    /// The radius at a place of the table, see [#bin].
    public double at(double bin) {
        int whole = (int) bin;
        return Curves.mix(radii[whole], radii[whole + 1], bin - whole);
    }

    /// The radius in a direction.
    public double towards(double angle) {
        return at(bin(angle));
    }
}
