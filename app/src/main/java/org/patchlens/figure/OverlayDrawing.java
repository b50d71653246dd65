package org.patchlens.figure;

import java.awt.image.BufferedImage;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Overlay;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// The image beside itself under its coloured patches, so that the eye can compare.
record OverlayDrawing(Overlay figure, ViewImage view) implements Drawing {
    private static final double GAP = 12;
    private static final double FAINTEST = 0.4;
    private static final double STRONGEST = 0.8;
    private static final double TALLEST = 560;

    @Override
    public double height(double width) {
        return side(width)[1] + 10;
    }

    @Override
    public void draw(Canvas canvas, Area area) {
        double[] side = side(area.width());
        Area plain = new Area(area.x(), area.y() + 4, side[0], side[1]);
        Area covered = new Area(Math.round(plain.right() + GAP), plain.y(), side[0], side[1]);
        Smooth smooth = new Smooth(view, canvas, plain);
        canvas.paste(smooth.pixels((x, y, color) -> color), plain.x(), plain.y());
        canvas.paste(smooth.pixels(this::cover), covered.x(), covered.y());
        canvas.frame(plain.x(), plain.y(), plain.width(), plain.height(), Canvas.RULE);
        canvas.frame(covered.x(), covered.y(), covered.width(), covered.height(), Canvas.RULE);
        new ColorBar(figure.scale()).draw(canvas, covered);
    }

    /// Width and height of one of the two images.
    private double[] side(double width) {
        double room = Math.floor((width - GAP - ColorBar.WIDTH) / 2);
        double height = Math.min(TALLEST, room * view.height() / view.width());
        return new double[] {Math.round(height * view.width() / view.height()), Math.round(height)};
    }

    private int cover(double x, double y, int color) {
        FloatMatrix values = figure.values();
        float value = values.get((int) (y * values.rows()), (int) (x * values.columns()));
        return Float.isNaN(value) ? color : Colors.mix(color, Colors.of(figure.scale(), value), opacity(value));
    }

    /// What is far from the ordinary covers more of the image than what is not.
    private double opacity(float value) {
        ColorScale scale = figure.scale();
        double part = Math.clamp((value - (double) scale.low()) / ((double) scale.high() - scale.low()), 0, 1);
        double strength = switch (scale.map()) {
            case VIRIDIS, INFERNO -> part;
            case DIVERGING -> Math.abs(2 * part - 1);
        };
        return FAINTEST + (STRONGEST - FAINTEST) * strength;
    }

    /// Enlarges an image bilinearly: what is looked at is an X-ray, not its pixels.
    ///
    /// @param place of the enlarged image
    private record Smooth(ViewImage view, Canvas canvas, Area place) {
        /// Changes a colour, knowing where it is, in parts of the width and height.
        private interface Change {
            int apply(double x, double y, int color);
        }

        BufferedImage pixels(Change change) {
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
}
