package org.patchlens.image;

/// What is believed of an image file before any memory is taken for it.
///
/// @param fileBytes the largest file
/// @param pixels the most pixels of one frame, width x height
/// @param frames the most frames of one file
public record ImageLimits(long fileBytes, long pixels, int frames) {
    /// 4 GiB, 178 million pixels (the limit at which Pillow refuses an image as a decompression bomb), 100,000
    /// frames.
    public static final ImageLimits DEFAULT = new ImageLimits(4L << 30, 178_956_970L, 100_000);
}
