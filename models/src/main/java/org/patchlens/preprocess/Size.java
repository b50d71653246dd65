package org.patchlens.preprocess;

/// Height and width of an image.
///
/// @param height in pixels, at least 1
/// @param width in pixels, at least 1
public record Size(int height, int width) {
    public Size {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("an image of " + height + " x " + width + " pixels");
        }
    }

    /// Height and width exchanged.
    Size transposed() {
        return new Size(width, height);
    }

    /// Height x width, such as `224x224`.
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
