package org.patchlens.server.picture;

import org.patchlens.study.ViewImage;

/// Many small pictures in one, row by row in squares of one size, each in the top left corner of its square.
public final class Sheet {
    private final int columns;
    private final int size;
    private final int width;
    private final int height;
    private final byte[] samples;
    private final int channels;

    /// An empty sheet, black.
    ///
    /// @param count how many squares it has: as many columns as the root of it, rounded up
    /// @param size the side of a square in pixels
    /// @param channels 1 or 3
    public Sheet(int count, int size, int channels) {
        this.columns = columns(count);
        this.size = size;
        this.channels = channels;
        this.width = columns * size;
        this.height = Math.ceilDiv(count, columns) * size;
        this.samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    }

    /// How many squares stand side by side.
    public static int columns(int count) {
        return Math.max(1, (int) Math.ceil(Math.sqrt(count)));
    }

    /// Puts a picture into a square; what is larger is cut off.
    public void put(int place, ViewImage picture) {
        int left = place % columns * size;
        int top = place / columns * size;
        for (int row = 0; row < Math.min(size, picture.height()); row++) {
            for (int column = 0; column < Math.min(size, picture.width()); column++) {
                for (int channel = 0; channel < channels; channel++) {
                    int from = (row * picture.width() + column) * picture.channels()
                            + (picture.channels() == 1 ? 0 : channel);
                    samples[((top + row) * width + left + column) * channels + channel] = picture.samples()[from];
                }
            }
        }
    }

    /// The sheet as a picture.
    public ViewImage image() {
        return new ViewImage(width, height, channels, samples);
    }
}
