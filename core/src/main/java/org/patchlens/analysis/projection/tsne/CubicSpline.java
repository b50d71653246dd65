package org.patchlens.analysis.projection.tsne;

/// The four cubic B-splines that reach a place between two grid lines, and their derivatives.
final class CubicSpline {
    private CubicSpline() {}

    /// @param t 0 to 1, the place between the second and the third of the grid lines
    static void weights(float t, float[] weights, int at) {
        float rest = 1 - t;
        weights[at] = rest * rest * rest / 6;
        weights[at + 1] = (t * t * (3 * t - 6) + 4) / 6;
        weights[at + 2] = (rest * rest * (3 * rest - 6) + 4) / 6;
        weights[at + 3] = t * t * t / 6;
    }

    /// The derivatives of [#weights] with respect to t.
    static void slopes(float t, float[] slopes, int at) {
        float rest = 1 - t;
        slopes[at] = -rest * rest / 2;
        slopes[at + 1] = t * (3 * t - 4) / 2;
        slopes[at + 2] = -rest * (3 * rest - 4) / 2;
        slopes[at + 3] = t * t / 2;
    }

    /// The Fourier transform of the spline's samples 1/6, 4/6, 1/6.
    ///
    /// @param angle 2 pi k / length of frequency k
    static double symbol(double angle) {
        return (2 + Math.cos(angle)) / 3;
    }
}
