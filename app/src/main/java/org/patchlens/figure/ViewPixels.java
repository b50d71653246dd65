package org.patchlens.figure;

import java.awt.image.BufferedImage;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.Colors;
import org.patchlens.study.ViewImage;

/// Enlarges an image bilinearly: what is looked at is an X-ray, not its pixels.
///
/// @param view that is enlarged
/// @param canvas that it is drawn on
/// @param place of the enlarged image
record ViewPixels(ViewImage view, Canvas canvas, Area place) {
    /// Changes a colour, knowing where it is, in parts of the width and height.
    interface Change {
        int apply(double x, double y, int color);
    }

    /// The largest place for an image: as wide as there is room, in its own proportions, on whole pixels.
    ///
    /// @param room the place may reach from its left edge to its right edge, and from its top down
    static Area place(ViewImage view, Area room, double tallest) {
        double height = Math.min(tallest, room.width() * view.height() / view.width());
        double width = Math.round(height * view.width() / view.height());
        return new Area(Math.round(room.x()), Math.round(room.y()), width, Math.round(height));
    }

    /// Draws the image with a frame.
    void draw(Change change) {
        canvas.paste(pixels(change), place.x(), place.y());
        canvas.frame(place, Canvas.RULE);
    }

    /// Draws the image as it is, with a frame.
    void draw() {
        draw((x, y, color) -> color);
    }

    private BufferedImage pixels(Change change) {
        int width = (int) Math.round(place.width() * canvas.scale());
        int height = (int) Math.round(place.height() * canvas.scale());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            double partY = (y + 0.5) / height;
            for (int x = 0; x < width; x++) {
                double partX = (x + 0.5) / width;
                image.setRGB(x, y, change.apply(partX, partY, color(partX, partY)));
            }
        }
        return image;
    }

    private int color(double partX, double partY) {
        double x = Math.clamp(partX * view.width() - 0.5, 0, view.width() - 1.0);
        double y = Math.clamp(partY * view.height() - 0.5, 0, view.height() - 1.0);
        int left = Math.min((int) x, Math.max(0, view.width() - 2));
        int top = Math.min((int) y, Math.max(0, view.height() - 2));
        int right = Math.min(left + 1, view.width() - 1);
        int bottom = Math.min(top + 1, view.height() - 1);
        int upper = Colors.mix(sample(left, top), sample(right, top), x - left);
        int lower = Colors.mix(sample(left, bottom), sample(right, bottom), x - left);
        return Colors.mix(upper, lower, y - top);
    }

    private int sample(int x, int y) {
        int channels = view.channels();
        int at = (y * view.width() + x) * channels;
        int red = Byte.toUnsignedInt(view.samples()[at]);
        int green = channels == 1 ? red : Byte.toUnsignedInt(view.samples()[at + 1]);
        int blue = channels == 1 ? red : Byte.toUnsignedInt(view.samples()[at + 2]);
        return red << 16 | green << 8 | blue;
    }
}
