package org.patchlens.image.volume;

/// An affine map from voxel indices i, j, k to mm in the patient's frame (RAS+): `row r = ri * i + rj * j + rk * k
/// + r0`.
///
/// @param xi how x, towards the patient's right, changes with i, in mm
/// @param xj how x changes with j
/// @param xk how x changes with k
/// @param x0 x of the centre of voxel 0, 0, 0
/// @param yi how y, towards the front, changes with i
/// @param yj how y changes with j
/// @param yk how y changes with k
/// @param y0 y of the centre of voxel 0, 0, 0
/// @param zi how z, towards the head, changes with i
/// @param zj how z changes with j
/// @param zk how z changes with k
/// @param z0 z of the centre of voxel 0, 0, 0
public record Affine(
        double xi,
        double xj,
        double xk,
        double x0,
        double yi,
        double yj,
        double yk,
        double y0,
        double zi,
        double zj,
        double zk,
        double z0) {

    /// The map of axis-parallel voxels.
    public static Affine diagonal(double x, double y, double z) {
        return new Affine(x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0);
    }

    /// How one of the patient's axes (0 right, 1 anterior, 2 superior) changes with one of the indices (0 i, 1 j,
    /// 2 k).
    public double element(int worldAxis, int index) {
        return switch (worldAxis * 4 + index) {
            case 0 -> xi;
            case 1 -> xj;
            case 2 -> xk;
            case 4 -> yi;
            case 5 -> yj;
            case 6 -> yk;
            case 8 -> zi;
            case 9 -> zj;
            case 10 -> zk;
            default -> throw new IndexOutOfBoundsException("axis " + worldAxis + ", index " + index);
        };
    }

    /// The coordinate of a point along one of the patient's axes, in mm.
    public double coordinate(int worldAxis, double i, double j, double k) {
        double origin = switch (worldAxis) {
            case 0 -> x0;
            case 1 -> y0;
            case 2 -> z0;
            default -> throw new IndexOutOfBoundsException("axis " + worldAxis);
        };
        return element(worldAxis, 0) * i + element(worldAxis, 1) * j + element(worldAxis, 2) * k + origin;
    }

    /// The distance between neighbouring voxels along an index, in mm.
    public double spacing(int index) {
        return Math.hypot(Math.hypot(element(0, index), element(1, index)), element(2, index));
    }

    /// Whether the map places voxels in space: every element finite, every spacing positive, the axes independent.
    public boolean isUsable() {
        double volume = Math.abs(determinant());
        double box = spacing(0) * spacing(1) * spacing(2);
        boolean placed = Double.isFinite(x0) && Double.isFinite(y0) && Double.isFinite(z0);
        // Axes within about a hundredth of a degree of a common plane span no volume.
        return placed && Double.isFinite(box) && box > 0 && volume > 1e-4 * box;
    }

    private double determinant() {
        return xi * (yj * zk - yk * zj) - xj * (yi * zk - yk * zi) + xk * (yi * zj - yj * zi);
    }

    /// The same map with every length multiplied, to change the unit.
    public Affine times(double factor) {
        return new Affine(
                xi * factor,
                xj * factor,
                xk * factor,
                x0 * factor,
                yi * factor,
                yj * factor,
                yk * factor,
                y0 * factor,
                zi * factor,
                zj * factor,
                zk * factor,
                z0 * factor);
    }
}
