package org.patchlens.patch;

/// What is taken out of the patches before they are compared.
public enum Reduction {
    /// Nothing: the cosine of the stored vectors.
    NONE,
    /// The mean of all patches of the study.
    CENTER,
    /// The mean, and the differences of variance between directions: the cosine after the patches have been made
    /// uncorrelated, with a ridge for directions of little variance.
    WHITEN
}
