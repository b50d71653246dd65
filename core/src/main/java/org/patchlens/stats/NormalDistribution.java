package org.patchlens.stats;

/// The standard normal distribution.
final class NormalDistribution {
    /// The quantile of 0.975.
    static final double Z95 = 1.959963984540054;

    /// The quantile of 0.8: a power of 80 %.
    static final double Z_POWER = 0.8416212335729143;

    private NormalDistribution() {}
}
