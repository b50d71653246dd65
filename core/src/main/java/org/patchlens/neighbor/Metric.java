package org.patchlens.neighbor;

/// How far two rows are apart.
public enum Metric {
    /// The length of the difference.
    EUCLIDEAN,
    /// 1 less the cosine of the angle, 0 to 2; a row of zeros is at distance 1 from every row.
    COSINE
}
