package org.patchlens.analysis.projection.umap;

/// The local scale of a point: distances to its neighbours become memberships between 0 and 1 (algorithm 3 of the
/// paper).
///
/// @param nearest rho, the smallest distance that is not zero; 0 if all are
/// @param width sigma: the memberships exp(-(d - rho) / sigma) sum to the logarithm, base 2, of the number of
///     neighbours
record SmoothDistances(double nearest, double width) {
    private static final int MOST_STEPS = 64;
    private static final double PRECISION = 1e-5;

    /// No width is smaller than this share of the mean distance, so that equal distances do not cut a point off.
    private static final double SMALLEST_WIDTH = 1e-3;

    /// @param distances ascending, without the point itself
    /// @param meanOfAll the mean distance of all points to their neighbours, the point itself counted as one
    static SmoothDistances of(float[] distances, double meanOfAll) {
        double nearest = 0;
        double mean = 0;
        for (int i = distances.length - 1; i >= 0; i--) {
            nearest = distances[i] > 0 ? distances[i] : nearest;
            mean += distances[i] / (distances.length + 1.0);
        }
        double width = width(distances, nearest);
        return new SmoothDistances(nearest, Math.max(width, SMALLEST_WIDTH * (nearest > 0 ? mean : meanOfAll)));
    }

    private static double width(float[] distances, double nearest) {
        double target = Math.log(distances.length + 1) / Math.log(2);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double width = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            double sum = 0;
            for (float distance : distances) {
                sum += membership(distance - nearest, width);
            }
            if (Math.abs(sum - target) < PRECISION) {
                return width;
            }
            if (sum > target) {
                high = width;
            } else {
                low = width;
            }
            width = high == Double.POSITIVE_INFINITY ? 2 * width : (low + high) / 2;
        }
        return width;
    }

    /// How much a point at this distance is a neighbour, 0 to 1.
    double membership(double distance) {
        return membership(distance - nearest, width);
    }

    private static double membership(double beyond, double width) {
        return beyond > 0 && width > 0 ? Math.exp(-beyond / width) : 1;
    }
}
