package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;

/// The width of a Gaussian at which its neighbours have a given perplexity.
final class Perplexity {
    private static final int MOST_STEPS = 100;
    private static final double PRECISION = 1e-10;

    private Perplexity() {}

    /// Replaces squared distances, ascending, by probabilities with the sum 1 whose entropy is the logarithm of
    /// the perplexity.
    ///
    /// Newton steps on the inverse of the variance, kept between bounds. Where no width gives the perplexity
    /// (fewer neighbours than that, or as many at the same distance), it is the nearest that can be had.
    static void calibrate(double[] squaredDistances, double perplexity) {
        double nearest = squaredDistances[0];
        double mean = 0;
        for (int i = 0; i < squaredDistances.length; i++) {
            squaredDistances[i] -= nearest;
            mean += squaredDistances[i] / squaredDistances.length;
        }
        if (mean == 0) {
            Arrays.fill(squaredDistances, 1.0 / squaredDistances.length);
            return;
        }
        double target = Math.log(perplexity);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1 / mean;
        Moments moments = Moments.of(squaredDistances, precision);
        for (int step = 0; step < MOST_STEPS && Math.abs(moments.entropy() - target) > PRECISION; step++) {
            if (moments.entropy() > target) {
                low = precision;
            } else {
                high = precision;
            }
            double newton = precision + (moments.entropy() - target) / (precision * moments.variance());
            if (newton > low && newton < high && newton < 10 * precision) {
                precision = newton;
            } else {
                precision = high == Double.POSITIVE_INFINITY ? 2 * precision : (low + high) / 2;
            }
            moments = Moments.of(squaredDistances, precision);
        }
        for (int i = 0; i < squaredDistances.length; i++) {
            squaredDistances[i] = Math.exp(-precision * squaredDistances[i]) / moments.sum();
        }
    }

    /// @param sum of the unnormalized probabilities
    /// @param entropy in nats
    /// @param variance of the squared distances; the entropy falls with the precision at precision x variance
    private record Moments(double sum, double entropy, double variance) {
        static Moments of(double[] squaredDistances, double precision) {
            double sum = 0;
            double first = 0;
            double second = 0;
            for (double d : squaredDistances) {
                double p = Math.exp(-precision * d);
                sum += p;
                first += p * d;
                second += p * d * d;
            }
            double mean = first / sum;
            return new Moments(sum, Math.log(sum) + precision * mean, second / sum - mean * mean);
        }
    }
}
