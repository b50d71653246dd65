package org.patchlens.image;

/// How the values of an image become shades: a straight line between black and white, or one of the curves that
/// DICOM files bring (PS3.3 C.11.2).
public sealed interface DisplayFunction permits DisplayRange, SigmoidCurve, DisplayTable {
    /// The shade of a value, 0 (black) to 1 (white), clamped; NaN is black.
    float shade(float value);

    /// The values at which a straight line in place of this function would reach black and white; black is the
    /// larger one
    /// where shades fall as values rise.
    DisplayRange range();

    /// The same with black and white exchanged.
    DisplayFunction inverted();
}
