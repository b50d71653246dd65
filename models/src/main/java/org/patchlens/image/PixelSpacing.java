package org.patchlens.image;

/// The distance between the centres of neighbouring pixels.
///
/// @param row between rows (vertical), in mm, positive
/// @param column between columns (horizontal), in mm, positive
public record PixelSpacing(double row, double column) {
    public PixelSpacing {
        if (!(row > 0 && column > 0)) {
            throw new IllegalArgumentException("pixel spacing " + row + " x " + column + " mm");
        }
    }
}
