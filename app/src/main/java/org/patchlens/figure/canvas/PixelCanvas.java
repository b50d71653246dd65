package org.patchlens.figure.canvas;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntBinaryOperator;

/// A picture of pixels.
public final class PixelCanvas implements Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final double scale;

    /// @param width in logical pixels
    /// @param height in logical pixels
    /// @param scale real pixels per logical pixel
    public PixelCanvas(int width, int height, double scale) {
        this.scale = scale;
        this.image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        fill(new Rectangle2D.Double(0, 0, width + 1, height + 1), 0xffffff);
    }

    /// The finished picture.
    public BufferedImage image() {
        return image;
    }

    @Override
    public double scale() {
        return scale;
    }

    @Override
    public void fill(Shape shape, int color, double opacity) {
        graphics.setColor(color(color, opacity));
        graphics.fill(shape);
    }

    @Override
    public void stroke(Shape path, Pen pen) {
        graphics.setColor(color(pen.color(), pen.opacity()));
        float width = (float) pen.width();
        graphics.setStroke(
                pen.dash().isEmpty()
                        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(
                                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths(pen.dash()), 0));
        graphics.draw(path);
    }

    private static Color color(int color, double opacity) {
        return new Color((int) Math.round(opacity * 255) << 24 | color, true);
    }

    private static float[] lengths(List<Float> dash) {
        float[] lengths = new float[dash.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = dash.get(i);
        }
        return lengths;
    }

    @Override
    public void text(Text style, String text, double x, double y, Anchor anchor) {
        fill(style.font().shape(text, x - shift(style, text, anchor), y, style.size()), style.color());
    }

    @Override
    public void textUpwards(Text style, String text, double x, double y, Anchor anchor) {
        AffineTransform turn = AffineTransform.getRotateInstance(-Math.PI / 2, x, y);
        Path2D shape = style.font().shape(text, x - shift(style, text, anchor), y, style.size());
        fill(turn.createTransformedShape(shape), style.color());
    }

    private static double shift(Text style, String text, Anchor anchor) {
        return switch (anchor) {
            case LEFT -> 0;
            case CENTER -> style.width(text) / 2;
            case RIGHT -> style.width(text);
        };
    }

    @Override
    public void paste(BufferedImage pixels, double x, double y) {
        AffineTransform logical = graphics.getTransform();
        graphics.setTransform(new AffineTransform());
        graphics.drawImage(pixels, (int) Math.round(x * scale), (int) Math.round(y * scale), null);
        graphics.setTransform(logical);
    }

    /// Every pixel gets the colour of the cell that its centre falls into; where cells are smaller than pixels,
    /// the mean colour of the cells that it covers.
    @Override
    public void cells(Area place, int rows, int columns, IntBinaryOperator color) {
        int width = (int) Math.round(place.width() * scale);
        int height = (int) Math.round(place.height() * scale);
        boolean small = rows > height || columns > width;
        BufferedImage cells = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            int row = (int) ((y + 0.5) * rows / height);
            Span tall = small ? Span.of(y, rows, height) : new Span(row, row + 1);
            for (int x = 0; x < width; x++) {
                int column = (int) ((x + 0.5) * columns / width);
                Span wide = small ? Span.of(x, columns, width) : new Span(column, column + 1);
                cells.setRGB(x, y, mean(tall, wide, color));
            }
        }
        paste(cells, place.x(), place.y());
    }

    /// Neighbouring cells.
    ///
    /// @param from the first
    /// @param to behind the last
    private record Span(int from, int to) {
        /// The cells that one pixel of a row covers, at least one.
        static Span of(int pixel, int cells, int pixels) {
            int from = (int) ((long) pixel * cells / pixels);
            return new Span(from, Math.max(from + 1, (int) ((pixel + 1L) * cells / pixels)));
        }
    }

    private static int mean(Span tall, Span wide, IntBinaryOperator color) {
        int count = (tall.to() - tall.from()) * (wide.to() - wide.from());
        if (count == 1) {
            return color.applyAsInt(tall.from(), wide.from());
        }
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int row = tall.from(); row < tall.to(); row++) {
            for (int column = wide.from(); column < wide.to(); column++) {
                int cell = color.applyAsInt(row, column);
                red += cell >> 16 & 0xff;
                green += cell >> 8 & 0xff;
                blue += cell & 0xff;
            }
        }
        return (int) (red / count) << 16 | (int) (green / count) << 8 | (int) (blue / count);
    }
}
