package org.patchlens.server.picture;

import org.patchlens.study.ViewImage;

/// A small picture of a large one.
public final class Thumbnail {
    private Thumbnail() {}

    /// The picture scaled so that its longer side is `size`, each pixel the mean of those that it stands for.
    ///
    /// @param size in pixels; a picture that is not larger stays as it is
    public static ViewImage of(ViewImage image, int size) {
        int longer = Math.max(image.width(), image.height());
        if (longer <= size) {
            return image;
        }
        int width = Math.max(1, Math.round((float) image.width() * size / longer));
        int height = Math.max(1, Math.round((float) image.height() * size / longer));
        byte[] samples = new byte[width * height * image.channels()];
        int at = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < image.channels(); channel++) {
                    samples[at++] = mean(
                            image,
                            channel,
                            new Span(row, height, image.height()),
                            new Span(column, width, image.width()));
                }
            }
        }
        return new ViewImage(width, height, image.channels(), samples);
    }

    /// The pixels of one side that a pixel of the small picture stands for.
    ///
    /// @param place of the small pixel
    /// @param small side
    /// @param large side
    private record Span(int place, int small, int large) {
        int from() {
            return (int) ((long) place * large / small);
        }

        int to() {
            return Math.max(from() + 1, (int) ((long) (place + 1) * large / small));
        }
    }

    private static byte mean(ViewImage image, int channel, Span rows, Span columns) {
        long sum = 0;
        for (int row = rows.from(); row < rows.to(); row++) {
            int line = row * image.width();
            for (int column = columns.from(); column < columns.to(); column++) {
                sum += image.samples()[(line + column) * image.channels() + channel] & 0xff;
            }
        }
        long pixels = (long) (rows.to() - rows.from()) * (columns.to() - columns.from());
        return (byte) ((sum + pixels / 2) / pixels);
    }
}
