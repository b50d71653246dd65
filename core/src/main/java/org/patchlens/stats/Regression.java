package org.patchlens.stats;

/// Measures of predicted numbers against the true ones; weights are at least 0.
public final class Regression {
    private Regression() {}

    /// The share of the variance that is explained: 1 for a perfect prediction, 0 for the mean, negative for
    /// worse; NaN if the truth does not vary.
    public static double rSquared(double[] predicted, double[] truth, double[] weights) {
        double all = 0;
        double mean = 0;
        for (int i = 0; i < truth.length; i++) {
            all += weights[i];
            mean += weights[i] * truth[i];
        }
        mean /= all;
        double residual = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            residual += weights[i] * (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
            total += weights[i] * (truth[i] - mean) * (truth[i] - mean);
        }
        return total > 0 ? 1 - residual / total : Double.NaN;
    }

    /// The mean absolute error, in the unit of the target.
    public static double meanAbsoluteError(double[] predicted, double[] truth, double[] weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < truth.length; i++) {
            sum += weights[i] * Math.abs(truth[i] - predicted[i]);
            all += weights[i];
        }
        return sum / all;
    }
}
