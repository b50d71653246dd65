package org.patchlens.phantom.geometry;

/// A place or a direction, in millimetres.
public record Point(double x, double y, double z) {
    /// The sum.
    public Point plus(Point other) {
        return new Point(x + other.x, y + other.y, z + other.z);
    }

    /// The difference.
    public Point minus(Point other) {
        return new Point(x - other.x, y - other.y, z - other.z);
    }

    /// This, longer or shorter.
    public Point times(double factor) {
        return new Point(x * factor, y * factor, z * factor);
    }

    /// The inner product.
    public double dot(Point other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /// A direction at a right angle to both.
    public Point cross(Point other) {
        return new Point(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /// The length.
    public double length() {
        return Math.sqrt(dot(this));
    }

    /// The same direction with length 1; a place without a direction stays where it is.
    public Point unit() {
        double length = length();
        return length > 0 ? times(1 / length) : this;
    }
}
