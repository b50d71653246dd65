package org.patchlens.analysis.projection.tsne;

/// Adds charges to a grid, and reads values and gradients from it, with cubic splines. Not safe for several
/// threads.
final class FieldReader {
    private final PointGrid grid;
    private final int axes;
    private final float[] field;
    private final float[] weights = new float[12];
    private final float[] slopes = new float[12];

    /// @param axes 2 or 3
    /// @param field slow axis first; the last axis of a position is the slow one
    FieldReader(PointGrid grid, int axes, float[] field) {
        this.grid = grid;
        this.axes = axes;
        this.field = field;
    }

    /// Spreads a charge of 1.
    ///
    /// @param at where the point starts in `positions`
    void add(float[] positions, int at) {
        int corner = corner(positions, at, false);
        int side = grid.side();
        int layers = axes == 2 ? 1 : 4;
        for (int z = 0; z < layers; z++) {
            float wz = axes == 2 ? 1 : weights[8 + z];
            for (int y = 0; y < 4; y++) {
                int row = corner + (z * side + y) * side;
                float w = wz * weights[4 + y];
                field[row] += w * weights[0];
                field[row + 1] += w * weights[1];
                field[row + 2] += w * weights[2];
                field[row + 3] += w * weights[3];
            }
        }
    }

    /// Returns the value at a point and writes the gradient.
    ///
    /// @param at where the point starts in `positions` and `gradient`
    float read(float[] positions, float[] gradient, int at) {
        int corner = corner(positions, at, true);
        return axes == 2 ? readPlane(corner, gradient, at) : readSpace(corner, gradient, at);
    }

    private float readPlane(int corner, float[] gradient, int at) {
        float value = 0;
        float slopeX = 0;
        float slopeY = 0;
        for (int y = 0; y < 4; y++) {
            int row = corner + y * grid.side();
            float along = along(weights, row);
            value += weights[4 + y] * along;
            slopeX += weights[4 + y] * along(slopes, row);
            slopeY += slopes[4 + y] * along;
        }
        gradient[at] = slopeX / grid.spacing();
        gradient[at + 1] = slopeY / grid.spacing();
        return value;
    }

    private float readSpace(int corner, float[] gradient, int at) {
        float value = 0;
        float slopeX = 0;
        float slopeY = 0;
        float slopeZ = 0;
        for (int z = 0; z < 4; z++) {
            float plane = 0;
            float planeX = 0;
            float planeY = 0;
            for (int y = 0; y < 4; y++) {
                int row = corner + (z * grid.side() + y) * grid.side();
                float along = along(weights, row);
                plane += weights[4 + y] * along;
                planeX += weights[4 + y] * along(slopes, row);
                planeY += slopes[4 + y] * along;
            }
            value += weights[8 + z] * plane;
            slopeX += weights[8 + z] * planeX;
            slopeY += weights[8 + z] * planeY;
            slopeZ += slopes[8 + z] * plane;
        }
        gradient[at] = slopeX / grid.spacing();
        gradient[at + 1] = slopeY / grid.spacing();
        gradient[at + 2] = slopeZ / grid.spacing();
        return value;
    }

    private float along(float[] factors, int row) {
        return factors[0] * field[row]
                + factors[1] * field[row + 1]
                + factors[2] * field[row + 2]
                + factors[3] * field[row + 3];
    }

    /// Computes the weights and returns the index of the first of the grid points that a position reaches.
    private int corner(float[] positions, int at, boolean withSlopes) {
        int corner = 0;
        for (int axis = axes - 1; axis >= 0; axis--) {
            float place = grid.place(positions[at + axis], axis);
            int cell = (int) place;
            CubicSpline.weights(place - cell, weights, 4 * axis);
            if (withSlopes) {
                CubicSpline.slopes(place - cell, slopes, 4 * axis);
            }
            corner = corner * grid.side() + cell - 1;
        }
        return corner;
    }
}
