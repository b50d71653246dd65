package org.patchlens.image.volume;

import org.patchlens.image.PixelImage;

/// A change of the order of pixels: first rows and columns are exchanged, then the rows or the columns are
/// reversed.
///
/// @param transposed whether rows become columns
/// @param rowsReversed whether the last row comes first
/// @param columnsReversed whether the last column comes first
record Turn(boolean transposed, boolean rowsReversed, boolean columnsReversed) {

    /// The same pixels in the new order, with the same display function and unit; the spacing is left to the
    /// caller.
    PixelImage apply(PixelImage image) {
        if (!transposed && !rowsReversed && !columnsReversed) {
            return image;
        }
        int[] sources = sources(image.width(), image.height());
        int width = transposed ? image.height() : image.width();
        int height = transposed ? image.width() : image.height();
        int channels = image.channels();
        PixelImage turned = switch (image.depth()) {
            case U8 -> PixelImage.ofBytes(width, height, channels, bytes(image.bytes(), sources, channels));
            case U16 -> PixelImage.ofShorts(width, height, channels, shorts(image.shorts(), sources, channels));
            case F32 -> PixelImage.ofFloats(width, height, channels, floats(image.floats(), sources, channels), 0, 1);
        };
        return turned.shownBy(image.display()).withUnit(image.unit());
    }

    /// The pixel of the source at each pixel of the turned picture, row by row.
    private int[] sources(int sourceWidth, int sourceHeight) {
        int width = transposed ? sourceHeight : sourceWidth;
        int height = transposed ? sourceWidth : sourceHeight;
        int[] sources = new int[width * height];
        int to = 0;
        for (int y = 0; y < height; y++) {
            int row = rowsReversed ? height - 1 - y : y;
            for (int x = 0; x < width; x++) {
                int column = columnsReversed ? width - 1 - x : x;
                sources[to++] = transposed ? column * sourceWidth + row : row * sourceWidth + column;
            }
        }
        return sources;
    }

    private static byte[] bytes(byte[] samples, int[] sources, int channels) {
        byte[] turned = new byte[samples.length];
        for (int to = 0; to < turned.length; to++) {
            turned[to] = samples[sources[to / channels] * channels + to % channels];
        }
        return turned;
    }

    private static short[] shorts(short[] samples, int[] sources, int channels) {
        short[] turned = new short[samples.length];
        for (int to = 0; to < turned.length; to++) {
            turned[to] = samples[sources[to / channels] * channels + to % channels];
        }
        return turned;
    }

    private static float[] floats(float[] samples, int[] sources, int channels) {
        float[] turned = new float[samples.length];
        for (int to = 0; to < turned.length; to++) {
            turned[to] = samples[sources[to / channels] * channels + to % channels];
        }
        return turned;
    }
}
