package org.patchlens.patch;

import java.util.Locale;

/// What is taken out of the patches before they are compared.
public enum Reduction {
    /// Nothing: the cosine of the stored vectors.
    NONE,
    /// The mean of all patches of the study.
    CENTER,
    /// The mean, and the differences of variance between directions: the cosine after the patches have been made
    /// uncorrelated, with a ridge for directions of little variance.
    WHITEN;

    /// As users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What was done, for captions, such as `the mean of the study taken out`.
    public String text() {
        return switch (this) {
            case NONE -> "nothing taken out";
            case CENTER -> "the mean of the study taken out";
            case WHITEN -> "mean and covariance of the study taken out";
        };
    }
}
