package org.patchlens.stats;

/// A confidence interval at 95 %.
///
/// @param low its lower end
/// @param high its upper end
/// @param method how it was made
public record Interval(double low, double high, Method method) {
    /// How an interval was made.
    public enum Method {
        /// Patients drawn with replacement, percentiles of the statistic.
        CLUSTER_BOOTSTRAP,
        /// The variance of DeLong et al. 1988.
        DE_LONG,
        /// A score interval of Newcombe: 2006 for an AUROC, 1998 for a difference of proportions.
        NEWCOMBE,
        /// The score interval of Wilson 1927.
        WILSON
    }

    /// Half its width.
    public double halfWidth() {
        return (high - low) / 2;
    }

    /// Both ends less a number.
    public Interval minus(double shift) {
        return new Interval(low - shift, high - shift, method);
    }
}
