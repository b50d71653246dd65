package org.patchlens.extract;

/// Which frames of an animated GIF, WebP or PNG are images of the study. Frames of DICOM files and pages of
/// TIFF files
/// are images always.
public enum AnimationFrames {
    /// The first one, as programs without animation show it.
    FIRST,
    /// Every one, composed as a player shows it.
    ALL
}
