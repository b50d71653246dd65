package org.patchlens.image;

/// What the samples of an image measure; decides whether a window in Hounsfield units means anything.
public enum PixelUnit {
    /// Hounsfield units: air -1000, water 0.
    HOUNSFIELD,
    /// Something else that the file names: a magnetic resonance signal, counts, an exposure.
    ARBITRARY,
    /// The file does not say: pictures, NIfTI.
    UNSTATED
}
