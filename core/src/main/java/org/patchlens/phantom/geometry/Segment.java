package org.patchlens.phantom.geometry;

/// A piece of a tube: a rounded cone between two places.
///
/// @param from one end
/// @param to the other end
/// @param fromRadius in millimetres
/// @param toRadius in millimetres
public record Segment(Point from, Point to, double fromRadius, double toRadius) {
    /// The signed distance, exact for equal radii and close for slender cones.
    public double distance(double x, double y, double z) {
        double alongX = to.x() - from.x();
        double alongY = to.y() - from.y();
        double alongZ = to.z() - from.z();
        double outX = x - from.x();
        double outY = y - from.y();
        double outZ = z - from.z();
        double length = alongX * alongX + alongY * alongY + alongZ * alongZ;
        double share = length > 0 ? Math.clamp((outX * alongX + outY * alongY + outZ * alongZ) / length, 0, 1) : 0;
        double restX = outX - share * alongX;
        double restY = outY - share * alongY;
        double restZ = outZ - share * alongZ;
        return Math.sqrt(restX * restX + restY * restY + restZ * restZ) - Curves.mix(fromRadius, toRadius, share);
    }

    /// Whether any of it lies within some millimetres of a level.
    public boolean near(double z, double reach) {
        return Math.min(from.z() - fromRadius, to.z() - toRadius) < z + reach
                && Math.max(from.z() + fromRadius, to.z() + toRadius) > z - reach;
    }

    /// The same course with other radii.
    public Segment withRadii(double newFromRadius, double newToRadius) {
        return new Segment(from, to, newFromRadius, newToRadius);
    }

    /// The middle of the part that lies near a level, with a radius that reaches all of that part: what of a
    /// plane must be looked at.
    public Disc shadow(double z) {
        double reach = Math.max(fromRadius, toRadius);
        double height = to.z() - from.z();
        double first = 0;
        double last = 1;
        if (Math.abs(height) > 1e-9) {
            double a = Math.clamp((z - reach - from.z()) / height, 0, 1);
            double b = Math.clamp((z + reach - from.z()) / height, 0, 1);
            first = Math.min(a, b);
            last = Math.max(a, b);
        }
        Point along = to.minus(from);
        Point middle = from.plus(along.times((first + last) / 2));
        double half = Curves.length(along.x(), along.y()) * (last - first) / 2;
        return new Disc(middle.x(), middle.y(), half + reach);
    }
}
