package org.patchlens.analysis.projection.tsne;

/// Adds charges to a grid, and reads values and gradients from it, with cubic splines. Not safe for several
/// threads.
final class FieldReader {
    private final PointGrid grid;
    private final int axes;
    private final float[] field;
    private final float perSpacing;
    private final float[] weights = new float[12];
    private final float[] slopes = new float[12];

    /// @param axes 2 or 3
    /// @param field slow axis first; the last axis of a position is the slow one
    FieldReader(PointGrid grid, int axes, float[] field) {
        this.grid = grid;
        this.axes = axes;
        this.field = field;
        perSpacing = 1 / grid.spacing();
    }

    /// Spreads a charge of 1.
    ///
    /// @param at where the point starts in `positions`
    void add(float[] positions, int at) {
        if (axes == 2) {
            addInPlane(positions[at], positions[at + 1]);
            return;
        }
        int corner = corner(positions, at, false);
        int side = grid.side();
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 4; y++) {
                int row = corner + (z * side + y) * side;
                float w = weights[8 + z] * weights[4 + y];
                field[row] += w * weights[0];
                field[row + 1] += w * weights[1];
                field[row + 2] += w * weights[2];
                field[row + 3] += w * weights[3];
            }
        }
    }

    /// With the formulas of [CubicSpline] written out: no weight goes through memory.
    private void addInPlane(float positionX, float positionY) {
        float x = (positionX - grid.origin()[0]) * perSpacing;
        float y = (positionY - grid.origin()[1]) * perSpacing;
        int cellX = (int) x;
        int cellY = (int) y;
        float t = x - cellX;
        float rest = 1 - t;
        float first = rest * rest * rest / 6;
        float second = (t * t * (3 * t - 6) + 4) / 6;
        float fourth = t * t * t / 6;
        float third = 1 - first - second - fourth;
        float u = y - cellY;
        float left = 1 - u;
        float top = left * left * left / 6;
        float upper = (u * u * (3 * u - 6) + 4) / 6;
        float bottom = u * u * u / 6;
        float lower = 1 - top - upper - bottom;
        int side = grid.side();
        int row = (cellY - 1) * side + cellX - 1;
        addRow(row, top * first, top * second, top * third, top * fourth);
        addRow(row + side, upper * first, upper * second, upper * third, upper * fourth);
        addRow(row + 2 * side, lower * first, lower * second, lower * third, lower * fourth);
        addRow(row + 3 * side, bottom * first, bottom * second, bottom * third, bottom * fourth);
    }

    private void addRow(int row, float first, float second, float third, float fourth) {
        field[row] += first;
        field[row + 1] += second;
        field[row + 2] += third;
        field[row + 3] += fourth;
    }

    /// Returns the value at a point and writes the gradient.
    ///
    /// @param at where the point starts in `positions` and `gradient`
    float read(float[] positions, float[] gradient, int at) {
        return axes == 2
                ? readPlane(positions[at], positions[at + 1], gradient, at)
                : readSpace(corner(positions, at, true), gradient, at);
    }

    /// With the formulas of [CubicSpline] written out: no weight goes through memory.
    private float readPlane(float positionX, float positionY, float[] gradient, int at) {
        float x = (positionX - grid.origin()[0]) * perSpacing;
        float y = (positionY - grid.origin()[1]) * perSpacing;
        int cellX = (int) x;
        int cellY = (int) y;
        float t = x - cellX;
        float rest = 1 - t;
        float first = rest * rest * rest / 6;
        float second = (t * t * (3 * t - 6) + 4) / 6;
        float fourth = t * t * t / 6;
        float third = 1 - first - second - fourth;
        float firstSlope = -rest * rest / 2;
        float secondSlope = t * (3 * t - 4) / 2;
        float fourthSlope = t * t / 2;
        float thirdSlope = -firstSlope - secondSlope - fourthSlope;
        float u = y - cellY;
        float left = 1 - u;
        float top = left * left * left / 6;
        float upper = (u * u * (3 * u - 6) + 4) / 6;
        float bottom = u * u * u / 6;
        float lower = 1 - top - upper - bottom;
        float topSlope = -left * left / 2;
        float upperSlope = u * (3 * u - 4) / 2;
        float bottomSlope = u * u / 2;
        float lowerSlope = -topSlope - upperSlope - bottomSlope;
        int side = grid.side();
        int row = (cellY - 1) * side + cellX - 1;
        int next = row + side;
        int afterNext = next + side;
        int last = afterNext + side;
        float a = along(row, first, second, third, fourth);
        float b = along(next, first, second, third, fourth);
        float c = along(afterNext, first, second, third, fourth);
        float d = along(last, first, second, third, fourth);
        gradient[at] = perSpacing
                * (top * along(row, firstSlope, secondSlope, thirdSlope, fourthSlope)
                        + upper * along(next, firstSlope, secondSlope, thirdSlope, fourthSlope)
                        + lower * along(afterNext, firstSlope, secondSlope, thirdSlope, fourthSlope)
                        + bottom * along(last, firstSlope, secondSlope, thirdSlope, fourthSlope));
        gradient[at + 1] = perSpacing * (topSlope * a + upperSlope * b + lowerSlope * c + bottomSlope * d);
        return top * a + upper * b + lower * c + bottom * d;
    }

    private float along(int row, float first, float second, float third, float fourth) {
        return first * field[row] + second * field[row + 1] + third * field[row + 2] + fourth * field[row + 3];
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
