package org.patchlens.tensor.force;

/// Where the points of a map are, in the forms in which [PairForces] and [PointMotion] read them. Not safe for
/// several threads while it is [set][#set].
public final class MapPoints {
    private final int axes;
    private final int size;
    private final float[][] columns;
    private final long[] packed;

    /// @param size N, the number of points
    /// @param axes 2 or 3
    public MapPoints(int size, int axes) {
        if (axes != 2 && axes != 3) {
            throw new IllegalArgumentException("a map of " + axes + " axes");
        }
        this.axes = axes;
        this.size = size;
        columns = new float[axes][size];
        packed = new long[Math.multiplyExact(size, axes - 1)];
    }

    /// Takes over positions.
    ///
    /// @param positions point after point, `float[N * axes]`
    public void set(float[] positions) {
        for (int i = 0; i < size; i++) {
            for (int axis = 0; axis < axes; axis++) {
                columns[axis][i] = positions[i * axes + axis];
            }
            packed[i] = pack(positions[i * axes], positions[i * axes + 1]);
            if (axes == 3) {
                packed[size + i] = pack(positions[i * 3 + 2], 0);
            }
        }
    }

    private static long pack(float low, float high) {
        return (Float.floatToRawIntBits(low) & 0xffffffffL) | ((long) Float.floatToRawIntBits(high) << 32);
    }

    /// 2 or 3.
    public int axes() {
        return axes;
    }

    /// N, the number of points.
    public int size() {
        return size;
    }

    /// A coordinate of a point.
    public float at(int point, int axis) {
        return columns[axis][point];
    }

    /// The coordinates of all points along an axis; the array itself.
    float[] column(int axis) {
        return columns[axis];
    }

    /// Two coordinates in the bits of a number: the first (low) and the second of point i at i; with three axes
    /// the third at N + i. The array itself.
    long[] packed() {
        return packed;
    }
}
