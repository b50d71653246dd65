package org.patchlens.patch;

/// When a patch is an outlier: a token whose norm is a multiple of that of ordinary patches, which the model uses
/// for something else than the content of the patch (Darcet et al. 2023, arXiv:2309.16588).
///
/// @param factor above which multiple of the median norm of the layer's patches
public record OutlierRule(double factor) {
    /// Five times the median; `docs/concepts/norms.md` says why.
    public static final OutlierRule DEFAULT = new OutlierRule(5);

    /// The norm above which a patch is an outlier.
    public double threshold(double median) {
        return factor * median;
    }
}
