package org.patchlens.tensor.force;

/// The points of a map in an order drawn by lot, where they were when it was last told: who reads them in a row
/// meets points drawn by lot.
public final class Crowd {
    private final int size;
    private final int[] places;
    private final float[][] columns;

    /// @param drawn the places of all points, in an order drawn by lot
    /// @param axes 2 or 3
    public Crowd(int[] drawn, int axes) {
        size = drawn.length;
        places = new int[size + PointMotion.WIDTH];
        for (int i = 0; i < places.length; i++) {
            // the first once more behind the last, so that all can be read as many at a time as move
            places[i] = drawn[i % size];
        }
        columns = new float[axes][places.length];
    }

    /// N, the number of points.
    public int size() {
        return size;
    }

    /// How many numbers [#update] goes through.
    public int length() {
        return places.length;
    }

    /// Takes over where points are now.
    ///
    /// @param from first of the crowd
    /// @param to after the last
    public void update(MapPoints points, int from, int to) {
        for (int axis = 0; axis < columns.length; axis++) {
            float[] now = points.column(axis);
            for (int i = from; i < to; i++) {
                columns[axis][i] = now[places[i]];
            }
        }
    }

    /// Where in the map each stands; the array itself.
    int[] places() {
        return places;
    }

    /// Coordinates along an axis; the array itself.
    float[] column(int axis) {
        return columns[axis];
    }

    /// Where the next ones begin after [PointMotion#WIDTH] have been read.
    int after(int place) {
        int next = place + PointMotion.WIDTH;
        return next < size ? next : next % size;
    }
}
