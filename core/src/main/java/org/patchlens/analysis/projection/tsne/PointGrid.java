package org.patchlens.analysis.projection.tsne;

/// A cubic grid around points, wide enough for the splines at its rim.
///
/// @param side N, the number of grid points along an axis
/// @param spacing between them
/// @param origin of the first grid point along each axis, `float[axes]`
@SuppressWarnings("ArrayRecordComponent") // lives for one iteration, never compared
record PointGrid(int side, float spacing, float[] origin) {
    /// Grid lines beyond the outermost points, on both sides together.
    static final int MARGIN = 8;

    /// The grid of this size whose middle is the middle of the points.
    static PointGrid around(Bounds bounds, int side, float spacing) {
        float[] origin = new float[bounds.low().length];
        for (int axis = 0; axis < origin.length; axis++) {
            float middle = 0.5f * (bounds.low()[axis] + bounds.high()[axis]);
            origin[axis] = middle - 0.5f * (side - 1) * spacing;
        }
        return new PointGrid(side, spacing, origin);
    }

    /// The position along an axis in grid lines.
    float place(float position, int axis) {
        return (position - origin[axis]) / spacing;
    }

    /// The smallest box around points.
    ///
    /// @param low `float[axes]`
    /// @param high `float[axes]`
    @SuppressWarnings("ArrayRecordComponent") // lives for one iteration, never compared
    record Bounds(float[] low, float[] high) {
        /// @param positions point after point
        static Bounds of(float[] positions, int axes) {
            float[] low = new float[axes];
            float[] high = new float[axes];
            for (int axis = 0; axis < axes; axis++) {
                low[axis] = positions[axis];
                high[axis] = positions[axis];
            }
            for (int i = 0; i < positions.length; i += axes) {
                for (int axis = 0; axis < axes; axis++) {
                    low[axis] = Math.min(low[axis], positions[i + axis]);
                    high[axis] = Math.max(high[axis], positions[i + axis]);
                }
            }
            return new Bounds(low, high);
        }

        /// The longest side.
        float span() {
            float span = 0;
            for (int axis = 0; axis < low.length; axis++) {
                span = Math.max(span, high[axis] - low[axis]);
            }
            return span;
        }
    }
}
