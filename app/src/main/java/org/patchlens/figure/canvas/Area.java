package org.patchlens.figure.canvas;

/// A rectangle of the picture in logical pixels; y grows downwards.
///
/// @param x of the left edge
/// @param y of the top edge
/// @param width of it
/// @param height of it
public record Area(double x, double y, double width, double height) {
    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    public double centerX() {
        return x + width / 2;
    }

    public double centerY() {
        return y + height / 2;
    }
}
