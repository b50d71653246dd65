package org.patchlens.phantom.geometry;

/// An ellipsoid, turned about the z axis.
///
/// @param centre its middle
/// @param radii half its axes before the turn
/// @param turn radians from x to y
public record Ellipsoid(Point centre, Point radii, double turn) {
    /// Upright.
    public Ellipsoid(Point centre, Point radii) {
        this(centre, radii, 0);
    }

    /// The signed distance to first order; exact at the surface.
    public double distance(double x, double y, double z) {
        double cosine = Math.cos(turn);
        double sine = Math.sin(turn);
        double outX = (x - centre.x()) * cosine + (y - centre.y()) * sine;
        double outY = (y - centre.y()) * cosine - (x - centre.x()) * sine;
        double outZ = z - centre.z();
        double a = outX / radii.x();
        double b = outY / radii.y();
        double c = outZ / radii.z();
        double scaled = Math.sqrt(a * a + b * b + c * c);
        if (scaled < 1e-9) {
            return -Math.min(radii.x(), Math.min(radii.y(), radii.z()));
        }
        double steep = Math.sqrt(square(a / radii.x()) + square(b / radii.y()) + square(c / radii.z()));
        return scaled * (scaled - 1) / steep;
    }

    /// Whether a level cuts it, or passes within some millimetres.
    public boolean near(double z, double reach) {
        return Math.abs(z - centre.z()) < radii.z() + reach;
    }

    /// What of a plane must be looked at.
    public Disc shadow() {
        return new Disc(centre.x(), centre.y(), Math.max(radii.x(), radii.y()));
    }

    /// Thicker by some millimetres everywhere.
    public Ellipsoid grown(double by) {
        return new Ellipsoid(centre, radii.plus(new Point(by, by, by)), turn);
    }

    private static double square(double value) {
        return value * value;
    }
}
