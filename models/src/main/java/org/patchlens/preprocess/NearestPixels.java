package org.patchlens.preprocess;

/// Which source pixel the nearest-neighbour filter takes along one axis; the two libraries round
/// differently.
final class NearestPixels {
    private NearestPixels() {}

    /// The source pixel of every resized pixel.
    ///
    /// @param sourceLength pixels of the source along the axis
    /// @param resizedLength pixels after the resize
    /// @return `int[resizedLength]`, indices of source pixels
    static int[] of(Backend backend, int sourceLength, int resizedLength) {
        return switch (backend) {
            case PILLOW, PILLOW_CROPPED_BY_TORCHVISION -> addedUp(sourceLength, resizedLength);
            case TORCHVISION, TORCHVISION_FLOAT -> inSinglePrecision(sourceLength, resizedLength);
        };
    }

    private static int[] addedUp(int sourceLength, int resizedLength) {
        int[] pixels = new int[resizedLength];
        double step = (double) sourceLength / resizedLength;
        double at = step * 0.5;
        for (int i = 0; i < resizedLength; i++) {
            pixels[i] = Math.min(sourceLength - 1, (int) at);
            // Added up, not multiplied: the oracle's rounding errors decide ties.
            at += step;
        }
        return pixels;
    }

    private static int[] inSinglePrecision(int sourceLength, int resizedLength) {
        int[] pixels = new int[resizedLength];
        float step = (float) sourceLength / resizedLength;
        for (int i = 0; i < resizedLength; i++) {
            pixels[i] = Math.min(sourceLength - 1, (int) ((i + 0.5f) * step));
        }
        return pixels;
    }
}
