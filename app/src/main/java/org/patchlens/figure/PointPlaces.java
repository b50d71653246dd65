package org.patchlens.figure;

import org.patchlens.figure.canvas.Area;
import org.patchlens.tensor.FloatMatrix;

/// Where points of a plane or of space stand in a square: at one scale along both axes, the middle of their range
/// in the middle of the square.
///
/// @param plot the square
/// @param flat `float[N][2]`, the points in the plane that is seen
/// @param x their range from left to right
/// @param y their range upwards
record PointPlaces(Area plot, FloatMatrix flat, Range x, Range y) {
    private static final double MARGIN = 8;

    /// @param points `float[N][2 or 3]`
    static PointPlaces of(FloatMatrix points, Area plot) {
        FloatMatrix flat = points.columns() == 2 ? points : seen(points);
        return new PointPlaces(plot, flat, Range.of(flat, 0), Range.of(flat, 1));
    }

    /// Turned by 35 degrees about the upright third axis, then tilted by 25 degrees.
    private static FloatMatrix seen(FloatMatrix points) {
        double turn = Math.toRadians(35);
        double tilt = Math.toRadians(25);
        FloatMatrix flat = FloatMatrix.zeros(points.rows(), 2);
        for (int i = 0; i < points.rows(); i++) {
            double x = points.get(i, 0) * Math.cos(turn) - points.get(i, 1) * Math.sin(turn);
            double depth = points.get(i, 0) * Math.sin(turn) + points.get(i, 1) * Math.cos(turn);
            flat.set(i, 0, (float) x);
            flat.set(i, 1, (float) (points.get(i, 2) * Math.cos(tilt) + depth * Math.sin(tilt)));
        }
        return flat;
    }

    /// N.
    int count() {
        return flat.rows();
    }

    /// Whether a point has a place.
    boolean isFinite(int point) {
        return Float.isFinite(flat.get(point, 0)) && Float.isFinite(flat.get(point, 1));
    }

    double x(int point) {
        return plot.centerX() + (flat.get(point, 0) - x.middle()) * scale();
    }

    double y(int point) {
        return plot.centerY() - (flat.get(point, 1) - y.middle()) * scale();
    }

    private double scale() {
        return (plot.width() - 2 * MARGIN) / Math.max(Math.max(x.width(), y.width()), Float.MIN_NORMAL);
    }

    /// The numbers along one axis; those that are not finite are left out.
    ///
    /// @param low the smallest
    /// @param high the largest
    record Range(double low, double high) {
        static Range of(FloatMatrix points, int axis) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < points.rows(); i++) {
                float value = points.get(i, axis);
                if (Float.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            return low <= high ? new Range(low, high) : new Range(0, 0);
        }

        double width() {
            return high - low;
        }

        double middle() {
            return (low + high) / 2;
        }
    }
}
