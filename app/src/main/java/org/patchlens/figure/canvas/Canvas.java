package org.patchlens.figure.canvas;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntBinaryOperator;

/// A white picture that is drawn on in logical pixels, whatever it is made of; y grows downwards.
public sealed interface Canvas permits PixelCanvas, SvgCanvas {
    /// Of titles and names.
    int INK = 0x1f2328;

    /// Of ticks, captions and axes.
    int SOFT_INK = 0x59636e;

    /// Of axes and frames.
    int RULE = 0x8c959f;

    /// Of grid lines.
    int FAINT_RULE = 0xe4e7eb;

    /// Where a text stands relative to its point.
    enum Anchor {
        LEFT,
        CENTER,
        RIGHT
    }

    /// How a path is drawn.
    ///
    /// @param width in logical pixels
    /// @param dash lengths drawn and left out; empty for solid
    /// @param color 0xRRGGBB
    /// @param opacity 0 to 1
    record Pen(double width, List<Float> dash, int color, double opacity) {
        public Pen {
            dash = List.copyOf(dash);
        }

        /// A solid, opaque line.
        public static Pen solid(double width, int color) {
            return new Pen(width, List.of(), color, 1);
        }
    }

    /// Real pixels per logical pixel, of the picture or of the pictures that are put into it.
    double scale();

    /// Fills a shape.
    ///
    /// @param opacity 0 to 1
    void fill(Shape shape, int color, double opacity);

    /// Draws a path.
    void stroke(Shape path, Pen pen);

    /// Writes one line of text.
    ///
    /// @param y of the baseline
    void text(Text style, String text, double x, double y, Anchor anchor);

    /// Writes one line of text upwards, turned by 90 degrees to the left.
    ///
    /// @param x of the baseline
    /// @param y where the anchor of the text stands
    void textUpwards(Text style, String text, double x, double y, Anchor anchor);

    /// Puts real pixels into the picture, without smoothing.
    ///
    /// @param pixels 0xRRGGBB in an image of the real size of the place, see [#scale]
    /// @param x of the left edge in logical pixels
    /// @param y of the top edge in logical pixels
    void paste(BufferedImage pixels, double x, double y);

    /// Fills a rectangle with cells of one colour each.
    ///
    /// @param rows of the cells
    /// @param columns of the cells
    /// @param color 0xRRGGBB of the cell at a row and a column
    void cells(Area place, int rows, int columns, IntBinaryOperator color);

    /// Fills a shape opaquely.
    default void fill(Shape shape, int color) {
        fill(shape, color, 1);
    }

    /// Fills a rectangle.
    default void fillRectangle(double x, double y, double width, double height, int color) {
        fill(new Rectangle2D.Double(x, y, width, height), color);
    }

    /// Draws the outline of a rectangle.
    default void frame(Area area, int color) {
        stroke(new Rectangle2D.Double(area.x(), area.y(), area.width(), area.height()), Pen.solid(1, color));
    }

    /// Draws a straight line of width 1.
    default void line(double x1, double y1, double x2, double y2, int color) {
        stroke(new Line2D.Double(x1, y1, x2, y2), Pen.solid(1, color));
    }

    /// Draws a marker centred on a point.
    default void marker(SeriesStyle style, double x, double y, double radius) {
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
}
