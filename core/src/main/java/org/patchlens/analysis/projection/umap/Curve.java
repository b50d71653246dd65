package org.patchlens.analysis.projection.umap;

/// How much two points of a map are neighbours at a distance d: 1 / (1 + a d^(2b)).
///
/// @param a positive
/// @param b positive
record Curve(double a, double b) {
    private static final int SAMPLES = 300;
    private static final int MOST_STEPS = 200;

    /// The curve that comes nearest to 1 up to the smallest distance and exp(-(d - smallest) / spread) from there
    /// on, by least squares over distances from 0 to 3 times the spread, as the paper's implementation has it.
    ///
    /// Levenberg and Marquardt's method on the logarithms of both numbers.
    static Curve of(double smallestDistance, double spread) {
        Curve best = new Curve(1, 1);
        double error = best.error(smallestDistance, spread);
        double damping = 1e-3;
        for (int step = 0; step < MOST_STEPS && damping < 1e12; step++) {
            Curve next = best.improved(smallestDistance, spread, damping);
            double nextError = next.error(smallestDistance, spread);
            if (nextError < error) {
                best = next;
                error = nextError;
                damping /= 10;
            } else {
                damping *= 10;
            }
        }
        return best;
    }

    private static double target(double distance, double smallest, double spread) {
        return distance < smallest ? 1 : Math.exp(-(distance - smallest) / spread);
    }

    private double error(double smallest, double spread) {
        double sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double distance = 3 * spread * i / (SAMPLES - 1);
            double residual = at(distance) - target(distance, smallest, spread);
            sum += residual * residual;
        }
        return sum;
    }

    private Curve improved(double smallest, double spread, double damping) {
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double ra = 0;
        double rb = 0;
        for (int i = 1; i < SAMPLES; i++) {
            double distance = 3 * spread * i / (SAMPLES - 1);
            double value = at(distance);
            double slopeA = -value * (1 - value);
            double slopeB = slopeA * 2 * b * Math.log(distance);
            double residual = value - target(distance, smallest, spread);
            aa += slopeA * slopeA;
            ab += slopeA * slopeB;
            bb += slopeB * slopeB;
            ra += slopeA * residual;
            rb += slopeB * residual;
        }
        double damped = 1 + damping;
        double determinant = aa * damped * bb * damped - ab * ab;
        double stepA = (ra * bb * damped - rb * ab) / determinant;
        double stepB = (rb * aa * damped - ra * ab) / determinant;
        return new Curve(a * Math.exp(-stepA), b * Math.exp(-stepB));
    }

    /// 1 at 0, falling to 0.
    double at(double distance) {
        return ofSquare(distance * distance);
    }

    /// The same by the square of the distance.
    double ofSquare(double square) {
        return 1 / (1 + a * Math.pow(square, b));
    }

    /// What two neighbours pull at each other, per unit of their difference: the slope of log(curve) by the square
    /// of the distance, times 2.
    double pull(double square) {
        return 2 * a * b * Math.pow(square, b - 1) / (1 + a * Math.pow(square, b));
    }

    /// What two points that are no neighbours push each other, per unit of their difference: the slope of
    /// log(1 - curve) by the square of the distance, times 2, with a small number that keeps it finite.
    double push(double square) {
        return 2 * b / ((0.001 + square) * (1 + a * Math.pow(square, b)));
    }
}
