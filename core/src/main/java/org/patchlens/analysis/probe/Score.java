package org.patchlens.analysis.probe;

import org.patchlens.stats.Interval;

/// One measure of a probe.
///
/// @param metric what is measured
/// @param value the mean over folds and repeats; of a regression over the repeats
/// @param interval of the value at 95 %: how it would vary with other patients, not with other training
public record Score(Metric metric, double value, Interval interval) {
    /// What is measured.
    public enum Metric {
        /// The area under the receiver operating characteristic; of more than two classes the mean of each against
        /// the others.
        AUROC,
        /// The average precision; of two classes that of the second, else the mean of each against the others.
        AVERAGE_PRECISION,
        /// The mean of the classes' shares that are predicted right.
        BALANCED_ACCURACY,
        /// The share that is predicted right.
        ACCURACY,
        /// The mean squared error of the probabilities.
        BRIER,
        /// The share of the variance that is explained.
        R_SQUARED,
        /// The mean absolute error, in the unit of the target.
        MEAN_ABSOLUTE_ERROR;

        /// How it is written in figures.
        String label() {
            return switch (this) {
                case AUROC -> "AUROC";
                case AVERAGE_PRECISION -> "average precision";
                case BALANCED_ACCURACY -> "balanced accuracy";
                case ACCURACY -> "accuracy";
                case BRIER -> "Brier score";
                case R_SQUARED -> "R²";
                case MEAN_ABSOLUTE_ERROR -> "mean absolute error";
            };
        }
    }
}
