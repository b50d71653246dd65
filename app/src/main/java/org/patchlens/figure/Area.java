package org.patchlens.figure;

/// A rectangle of the picture in logical pixels; y grows downwards.
///
/// @param x of the left edge
/// @param y of the top edge
/// @param width of it
/// @param height of it
record Area(double x, double y, double width, double height) {
    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }

    double centerX() {
        return x + width / 2;
    }

    double centerY() {
        return y + height / 2;
    }
}
