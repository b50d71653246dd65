package org.patchlens.preprocess;

/// Which source pixel the nearest-neighbour filter takes along one axis; the two libraries disagree about where a
/// pixel has its centre.
final class NearestPixels {
    private NearestPixels() {}

    /// @param sourceLength pixels of the source along the axis
    /// @param resizedLength pixels after the resize
    /// @return `int[resizedLength]`, indices of source pixels
    static int[] of(Backend backend, int sourceLength, int resizedLength) {
        return switch (backend) {
            case PILLOW -> fromCentres(sourceLength, resizedLength);
            case TORCHVISION, TORCHVISION_FLOAT -> fromEdges(sourceLength, resizedLength);
        };
    }

    private static int[] fromCentres(int sourceLength, int resizedLength) {
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

    private static int[] fromEdges(int sourceLength, int resizedLength) {
        int[] pixels = new int[resizedLength];
        float step = (float) sourceLength / resizedLength;
        for (int i = 0; i < resizedLength; i++) {
            pixels[i] = Math.min(sourceLength - 1, (int) (i * step));
        }
        return pixels;
    }
}
