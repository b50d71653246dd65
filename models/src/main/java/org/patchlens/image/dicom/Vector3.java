package org.patchlens.image.dicom;

/// A place or direction in the patient's coordinates (PS3.3 C.7.6.2.1.1): x to the left hand, y to the back, z to
/// the head; in mm where it is a place.
///
/// @param x to the left hand
/// @param y to the back
/// @param z to the head
public record Vector3(double x, double y, double z) {
    /// The scalar product.
    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /// The vector product.
    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /// The length.
    public double length() {
        return Math.sqrt(dot(this));
    }
}
