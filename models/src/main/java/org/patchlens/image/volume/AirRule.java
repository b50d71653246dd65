package org.patchlens.image.volume;

import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelUnit;

/// When a slice shows nothing but air: fewer than 2 % of its voxels are matter.
///
/// In Hounsfield units a voxel is matter above -500, half way between air and water. In any other unit it is
/// matter above a tenth of the volume's display range, counted from black. A colour voxel counts by its brightest
/// channel.
public final class AirRule {
    /// The share of matter below which a slice is air; the couch of a scanner stays below it.
    static final double LEAST_MATTER = 0.02;

    private static final float MATTER_HOUNSFIELD = -500;
    private static final float MATTER_SHARE_OF_RANGE = 0.1f;

    private AirRule() {}

    /// Whether the slice shows nothing but air.
    public static boolean isAir(PixelImage slice) {
        float threshold = slice.unit() == PixelUnit.HOUNSFIELD
                ? MATTER_HOUNSFIELD
                : slice.black() + MATTER_SHARE_OF_RANGE * (slice.white() - slice.black());
        long pixels = (long) slice.width() * slice.height();
        return matter(slice, threshold) < LEAST_MATTER * pixels;
    }

    private static long matter(PixelImage slice, float threshold) {
        long matter = 0;
        for (int y = 0; y < slice.height(); y++) {
            for (int x = 0; x < slice.width(); x++) {
                float value = slice.sample(x, y, 0);
                for (int channel = 1; channel < slice.channels(); channel++) {
                    value = Math.max(value, slice.sample(x, y, channel));
                }
                matter += value > threshold ? 1 : 0;
            }
        }
        return matter;
    }
}
