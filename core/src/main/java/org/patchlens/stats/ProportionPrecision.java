package org.patchlens.stats;

import static org.patchlens.stats.NormalDistribution.Z95;

/// How precisely a proportion, or the difference of two, is known.
public final class ProportionPrecision {
    private ProportionPrecision() {}

    /// The score interval of Wilson 1927.
    ///
    /// @param hits 0 to `all`
    /// @param all at least 1
    public static Interval wilson(double hits, double all) {
        double share = hits / all;
        double square = Z95 * Z95;
        double center = (share + square / (2 * all)) / (1 + square / all);
        double reach = Z95 * Math.sqrt(share * (1 - share) / all + square / (4 * all * all)) / (1 + square / all);
        return new Interval(center - reach, center + reach, Interval.Method.WILSON);
    }

    /// The interval of the difference of two independent proportions, first less second (Newcombe 1998, method
    /// 10).
    public static Interval newcombeDifference(double hits, double all, double otherHits, double otherAll) {
        Interval first = wilson(hits, all);
        Interval second = wilson(otherHits, otherAll);
        double share = hits / all;
        double other = otherHits / otherAll;
        double difference = share - other;
        return new Interval(
                difference - Math.hypot(share - first.low(), second.high() - other),
                difference + Math.hypot(first.high() - share, other - second.low()),
                Interval.Method.NEWCOMBE);
    }
}
