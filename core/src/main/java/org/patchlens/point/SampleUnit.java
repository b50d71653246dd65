package org.patchlens.point;

/// Among what a sample is shared out evenly.
public enum SampleUnit {
    /// Every image has the same number of points, as far as it has them.
    IMAGE,
    /// Every patient has, so that one with many images does not outweigh the others.
    PATIENT
}
