package org.patchlens.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/// A white picture that is drawn on in logical pixels, whatever its real resolution.
final class Canvas {
    /// Of titles and names.
    static final int INK = 0x1f2328;

    /// Of ticks, captions and axes.
    static final int SOFT_INK = 0x59636e;

    /// Of axes and frames.
    static final int RULE = 0x8c959f;

    /// Of grid lines.
    static final int FAINT_RULE = 0xe4e7eb;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final double scale;

    /// Where a text stands relative to its point.
    enum Anchor {
        LEFT,
        CENTER,
        RIGHT
    }

    /// @param width in logical pixels
    /// @param height in logical pixels
    /// @param scale real pixels per logical pixel
    Canvas(int width, int height, double scale) {
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
    BufferedImage image() {
        return image;
    }

    /// Real pixels per logical pixel.
    double scale() {
        return scale;
    }

    /// Fills a shape.
    void fill(Shape shape, int color) {
        graphics.setColor(new Color(color));
        graphics.fill(shape);
    }

    /// Fills a rectangle.
    void fillRectangle(double x, double y, double width, double height, int color) {
        fill(new Rectangle2D.Double(x, y, width, height), color);
    }

    /// Draws the outline of a rectangle.
    void frame(double x, double y, double width, double height, int color) {
        stroke(new Rectangle2D.Double(x, y, width, height), 1, List.of(), color);
    }

    /// Draws a straight line of width 1.
    void line(double x1, double y1, double x2, double y2, int color) {
        stroke(new Line2D.Double(x1, y1, x2, y2), 1, List.of(), color);
    }

    /// Draws a path.
    ///
    /// @param dash lengths drawn and left out; empty for solid
    void stroke(Shape path, double width, List<Float> dash, int color) {
        graphics.setColor(new Color(color));
        graphics.setStroke(
                dash.isEmpty()
                        ? new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(
                                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths(dash), 0));
        graphics.draw(path);
    }

    private static float[] lengths(List<Float> dash) {
        float[] lengths = new float[dash.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = dash.get(i);
        }
        return lengths;
    }

    /// Draws a marker centred on a point.
    void marker(SeriesStyle style, double x, double y, double radius) {
        fill(
                switch (style.marker()) {
                    case CIRCLE -> new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                    case SQUARE -> new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                    case DIAMOND ->
                        polygon(x, y - 1.3 * radius, x + 1.3 * radius, y, x, y + 1.3 * radius, x - 1.3 * radius, y);
                    case TRIANGLE ->
                        polygon(x, y - 1.2 * radius, x + 1.2 * radius, y + radius, x - 1.2 * radius, y + radius);
                },
                style.color());
    }

    private static Path2D polygon(double... points) {
        Path2D.Double path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    /// Writes one line of text.
    ///
    /// @param y of the baseline
    void text(Text style, String text, double x, double y, Anchor anchor) {
        fill(style.font().shape(text, x - shift(style, text, anchor), y, style.size()), style.color());
    }

    /// Writes one line of text upwards, turned by 90 degrees to the left.
    ///
    /// @param x of the baseline
    /// @param y where the anchor of the text stands
    void textUpwards(Text style, String text, double x, double y, Anchor anchor) {
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

    /// Copies real pixels to the picture, without smoothing.
    ///
    /// @param pixels 0xRRGGBB in an image of the real size of the place
    /// @param x of the left edge in logical pixels
    /// @param y of the top edge in logical pixels
    void paste(BufferedImage pixels, double x, double y) {
        AffineTransform logical = graphics.getTransform();
        graphics.setTransform(new AffineTransform());
        graphics.drawImage(pixels, (int) Math.round(x * scale), (int) Math.round(y * scale), null);
        graphics.setTransform(logical);
    }
}
