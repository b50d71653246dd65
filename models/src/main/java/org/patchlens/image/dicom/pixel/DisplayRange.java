package org.patchlens.image.dicom.pixel;

/// The pixel values that are shown as black and as white; black is the larger one for inverted images.
///
/// @param black in pixel values, after the modality transform
/// @param white in pixel values, different from `black`
public record DisplayRange(float black, float white) {
    /// The same range with black and white exchanged.
    DisplayRange inverted() {
        float newBlack = white;
        float newWhite = black;
        return new DisplayRange(newBlack, newWhite);
    }

    /// From the 1st to the 99th percentile (nearest rank); the whole range where those agree.
    ///
    /// @param values finite
    static DisplayRange ofPercentiles(float[] values) {
        if (values.length == 0) {
            return new DisplayRange(0, 1);
        }
        long last = values.length - 1L;
        float low = RankSelection.select(values, last / 100);
        float high = RankSelection.select(values, last - last / 100);
        if (low == high) {
            low = RankSelection.select(values, 0);
            high = RankSelection.select(values, last);
        }
        return new DisplayRange(low, low == high ? Math.nextUp(low + 1) : high);
    }
}
