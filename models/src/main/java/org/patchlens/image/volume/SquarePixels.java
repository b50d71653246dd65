package org.patchlens.image.volume;

import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;

/// Resampling of a picture to square pixels: bilinear within the picture, at the finer of its two spacings, so
/// that nothing is smoothed away.
///
/// Pixel centres are aligned as in most image libraries: the centre of target pixel t lies at source coordinate
/// `(t + 0.5) * source / target - 0.5`, and beyond the outermost centres the outermost value goes on. A side that
/// is resampled has `round(length in mm / finer spacing)` pixels; the other one stays. Samples become floats.
public final class SquarePixels {
    private SquarePixels() {}

    /// How many pixels the picture has afterwards.
    ///
    /// @param spacing before
    public static long pixels(int width, int height, PixelSpacing spacing) {
        double finer = Math.min(spacing.row(), spacing.column());
        return side(width, spacing.column(), finer) * side(height, spacing.row(), finer);
    }

    private static long side(int pixels, double spacing, double finer) {
        return Math.max(1, Math.round(pixels * spacing / finer));
    }

    /// The distance between the pixels afterwards.
    ///
    /// @param spacing before
    public static PixelSpacing spacing(int width, int height, PixelSpacing spacing) {
        double finer = Math.min(spacing.row(), spacing.column());
        return new PixelSpacing(
                spacing.row() * height / side(height, spacing.row(), finer),
                spacing.column() * width / side(width, spacing.column(), finer));
    }

    /// The picture with square pixels; itself if they are square already or their size is unknown.
    ///
    /// The caller bounds [#pixels] first.
    public static PixelImage resample(PixelImage image) {
        PixelSpacing spacing = image.spacing().orElse(new PixelSpacing(1, 1));
        double finer = Math.min(spacing.row(), spacing.column());
        int width = Math.toIntExact(side(image.width(), spacing.column(), finer));
        int height = Math.toIntExact(side(image.height(), spacing.row(), finer));
        if (width == image.width() && height == image.height()) {
            return image;
        }
        return PixelImage.ofFloats(width, height, image.channels(), bilinear(image, width, height), 0, 1)
                .shownBy(image.display())
                .withSpacing(spacing(image.width(), image.height(), spacing))
                .withUnit(image.unit());
    }

    private static float[] bilinear(PixelImage image, int width, int height) {
        int channels = image.channels();
        float[] samples = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        int to = 0;
        for (int y = 0; y < height; y++) {
            Neighbours rows = Neighbours.of(y, image.height(), height);
            for (int x = 0; x < width; x++) {
                Neighbours columns = Neighbours.of(x, image.width(), width);
                for (int channel = 0; channel < channels; channel++) {
                    double above = columns.mix(
                            image.sample(columns.first, rows.first, channel),
                            image.sample(columns.second, rows.first, channel));
                    double below = columns.mix(
                            image.sample(columns.first, rows.second, channel),
                            image.sample(columns.second, rows.second, channel));
                    samples[to++] = (float) rows.mix(above, below);
                }
            }
        }
        return samples;
    }

    /// The two source pixels around a target pixel and the weight of the second.
    private record Neighbours(int first, int second, double weight) {
        static Neighbours of(int target, int sourceSide, int targetSide) {
            double at = Math.clamp((target + 0.5) * sourceSide / targetSide - 0.5, 0, sourceSide - 1.0);
            int first = (int) at;
            return new Neighbours(first, Math.min(first + 1, sourceSide - 1), at - first);
        }

        /// A weight of exactly 0 or 1 takes one value alone, so that a missing neighbour (NaN) does not spread.
        double mix(double a, double b) {
            return weight == 0 ? a : a * (1 - weight) + b * weight;
        }
    }
}
