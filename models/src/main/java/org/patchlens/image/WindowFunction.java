package org.patchlens.image;

/// How centre and width become the values shown as black and white: the VOI LUT functions of DICOM PS3.3 C.11.2.1
/// that are straight lines.
public enum WindowFunction {
    /// C.11.2.1.2.1, what DICOM means where it says nothing: `((x - (c - 0.5)) / (w - 1) + 0.5)`, so black lies at
    /// `c - w / 2` and white at `c + w / 2 - 1`. Meant for whole numbers; the width is above 1.
    LINEAR,
    /// C.11.2.1.3.2: `(x - c) / w + 0.5`, so black lies at `c - w / 2` and white at `c + w / 2`. The width is
    /// above 0.
    LINEAR_EXACT;

    /// The width that a window must be wider than.
    public double narrowest() {
        return switch (this) {
            case LINEAR -> 1;
            case LINEAR_EXACT -> 0;
        };
    }

    /// The values shown as black and white.
    ///
    /// @param width above [#narrowest]
    /// @throws IllegalArgumentException if the window is so narrow that floats cannot tell black from white
    public DisplayRange range(double centre, double width) {
        double black = centre - width / 2;
        return switch (this) {
            case LINEAR -> new DisplayRange((float) black, (float) (centre + width / 2 - 1));
            case LINEAR_EXACT -> new DisplayRange((float) black, (float) (centre + width / 2));
        };
    }
}
