package org.patchlens.analysis.norms;

/// Where many norms lie; quantiles between two numbers are interpolated linearly, as numpy does by default.
///
/// @param count how many norms, at least 1
/// @param minimum the smallest
/// @param lowerQuartile a quarter of them is smaller
/// @param median half of them is smaller
/// @param upperQuartile a quarter of them is larger
/// @param percentile95 one in twenty is larger
/// @param maximum the largest
/// @param deviation the median of the distances to the median, times 1.4826: for normally distributed numbers
///     their standard deviation, for others a spread that outliers do not widen
public record Distribution(
        long count,
        float minimum,
        float lowerQuartile,
        float median,
        float upperQuartile,
        float percentile95,
        float maximum,
        float deviation) {}
