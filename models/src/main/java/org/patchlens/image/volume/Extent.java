package org.patchlens.image.volume;

/// How many voxels a block has along its three axes.
///
/// @param first along axis 0, at least 1
/// @param second along axis 1, at least 1
/// @param third along axis 2, at least 1
public record Extent(int first, int second, int third) {
    public Extent {
        if (first < 1 || second < 1 || third < 1) {
            throw new IllegalArgumentException("a volume of " + first + " x " + second + " x " + third + " voxels");
        }
    }

    /// The number of voxels along an axis, 0 to 2.
    public int along(int axis) {
        return switch (axis) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> throw new IndexOutOfBoundsException("axis " + axis);
        };
    }

    /// The number of voxels.
    public long voxels() {
        return (long) first * second * third;
    }

    @Override
    public String toString() {
        return first + " x " + second + " x " + third;
    }
}
