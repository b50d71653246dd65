package org.patchlens.study;

import java.util.Arrays;

/// The image as the model saw it, before its pixels were normalized: `[height][width][channels]`, 8 bits,
/// interleaved, row 0 at the top.
///
/// The samples are not copied: who passes them in or takes them out must not change them. Equality is by content.
///
/// @param width in pixels of the preprocessed image
/// @param height in pixels of the preprocessed image
/// @param channels 1 (grey) or 3 (red, green, blue)
/// @param samples `height * width * channels` unsigned bytes
@SuppressWarnings("ArrayRecordComponent") // pixels are bytes, which FloatMatrix cannot hold; equality is by content
public record ViewImage(int width, int height, int channels, byte[] samples) {
    public ViewImage {
        if (width < 1
                || height < 1
                || (channels != 1 && channels != 3)
                || samples.length != (long) width * height * channels) {
            throw new IllegalArgumentException(samples.length + " samples for " + width + " x " + height
                    + " pixels with " + channels + " channels");
        }
    }

    /// Whether red, green and blue are the same in every pixel.
    public boolean isGrey() {
        if (channels == 1) {
            return true;
        }
        for (int i = 0; i < samples.length; i += 3) {
            if (samples[i] != samples[i + 1] || samples[i] != samples[i + 2]) {
                return false;
            }
        }
        return true;
    }

    /// The same picture with one channel.
    ///
    /// @throws IllegalStateException if it has colours
    public ViewImage toGrey() {
        if (channels == 1) {
            return this;
        }
        if (!isGrey()) {
            throw new IllegalStateException("an image with colours cannot be kept as grey");
        }
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = samples[3 * i];
        }
        return new ViewImage(width, height, 1, grey);
    }

    /// The same picture with three channels.
    public ViewImage toColour() {
        if (channels == 3) {
            return this;
        }
        byte[] colour = new byte[Math.multiplyExact(samples.length, 3)];
        for (int i = 0; i < samples.length; i++) {
            Arrays.fill(colour, 3 * i, 3 * i + 3, samples[i]);
        }
        return new ViewImage(width, height, 3, colour);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ViewImage that
                && width == that.width
                && height == that.height
                && channels == that.channels
                && Arrays.equals(samples, that.samples);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
        return "ViewImage[" + width + " x " + height + " x " + channels + "]";
    }
}
