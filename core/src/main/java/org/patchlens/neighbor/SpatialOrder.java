package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// An order of points in which those that follow each other lie close together: along Morton's curve through their
/// first two or three coordinates. What is computed in this order finds its neighbours in the cache.
public final class SpatialOrder {
    private static final int BITS = 10;

    private SpatialOrder() {}

    /// The points in that order; those in the same cell keep the order of their numbers.
    ///
    /// @param points `float[N][1 or more]`
    public static int[] of(FloatMatrix points) {
        int axes = Math.min(3, points.columns());
        float[] low = new float[axes];
        float[] high = new float[axes];
        for (int axis = 0; axis < axes; axis++) {
            low[axis] = Float.POSITIVE_INFINITY;
            high[axis] = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < points.rows(); i++) {
                low[axis] = Math.min(low[axis], points.get(i, axis));
                high[axis] = Math.max(high[axis], points.get(i, axis));
            }
        }
        long[] keys = new long[points.rows()];
        for (int i = 0; i < keys.length; i++) {
            long cell = 0;
            for (int axis = 0; axis < axes; axis++) {
                float span = high[axis] - low[axis];
                float share = span > 0 ? (points.get(i, axis) - low[axis]) / span : 0;
                cell |= spread((int) (share * ((1 << BITS) - 1)), axes) << axis;
            }
            keys[i] = cell << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /// The bits of a number, `distance` apart.
    private static long spread(int number, int distance) {
        long spread = 0;
        for (int bit = 0; bit < BITS; bit++) {
            spread |= (long) (number >> bit & 1) << (bit * distance);
        }
        return spread;
    }
}
