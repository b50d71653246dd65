package org.patchlens.figure.canvas;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;

/// A picture as SVG 1.1: shapes and text are vectors, pictures are put in as PNG.
///
/// Text stays text, so that it can be searched, copied and read aloud, in a font that every machine has. Each line
/// is told its exact length (`textLength`): whatever font the reader has, nothing overlaps.
public final class SvgCanvas implements Canvas {
    /// Matrices of more cells are put in as a picture of one pixel per cell.
    private static final int MOST_CELLS = 4096;

    private static final String FONTS = "Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;
    private final double scale;

    /// @param width in logical pixels
    /// @param height in logical pixels
    /// @param scale real pixels per logical pixel of the pictures that are put in
    public SvgCanvas(int width, int height, double scale) {
        this.width = width;
        this.height = height;
        this.scale = scale;
    }

    /// The finished document, UTF-8 without a declaration.
    ///
    /// @param title of the picture, for readers that do not see it
    /// @param description of the picture
    public String document(String title, String description) {
        return """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%d" \
            height="%d" viewBox="0 0 %d %d" role="img" font-family="%s">
            <title>%s</title>
            <desc>%s</desc>
            <rect width="%d" height="%d" fill="#ffffff"/>
            %s</svg>
            """.formatted(
                        width,
                        height,
                        width,
                        height,
                        FONTS,
                        SvgText.escaped(title),
                        SvgText.escaped(description),
                        width,
                        height,
                        elements);
    }

    @Override
    public double scale() {
        return scale;
    }

    @Override
    public void fill(Shape shape, int color, double opacity) {
        String attributes = " fill=\"" + color(color) + "\"" + opacity("fill-opacity", opacity);
        elements.append(SvgText.element(shape, attributes));
    }

    @Override
    public void stroke(Shape path, Pen pen) {
        String dash = pen.dash().isEmpty()
                ? ""
                : " stroke-dasharray=\""
                        + pen.dash().stream().map(SvgText::number).collect(Collectors.joining(" ")) + "\"";
        String attributes = " fill=\"none\" stroke=\"" + color(pen.color()) + "\" stroke-width=\""
                + SvgText.number(pen.width()) + "\" stroke-linejoin=\"round\"" + dash
                + opacity("stroke-opacity", pen.opacity());
        elements.append(SvgText.element(path, attributes));
    }

    private static String opacity(String attribute, double opacity) {
        return opacity == 1 ? "" : " " + attribute + "=\"" + SvgText.number(opacity) + "\"";
    }

    private static String color(int color) {
        return String.format(Locale.ROOT, "#%06x", color);
    }

    @Override
    public void text(Text style, String text, double x, double y, Anchor anchor) {
        write(style, text, " x=\"" + SvgText.number(x) + "\" y=\"" + SvgText.number(y) + "\"", anchor);
    }

    @Override
    public void textUpwards(Text style, String text, double x, double y, Anchor anchor) {
        String place = SvgText.number(x) + " " + SvgText.number(y);
        write(style, text, " transform=\"translate(" + place + ") rotate(-90)\"", anchor);
    }

    private void write(Text style, String text, String place, Anchor anchor) {
        if (text.isBlank()) {
            return;
        }
        elements.append("<text")
                .append(place)
                .append(" font-size=\"")
                .append(SvgText.number(style.size()))
                .append(style.isStrong() ? "\" font-weight=\"500" : "")
                .append("\" fill=\"")
                .append(color(style.color()))
                .append(
                        switch (anchor) {
                            case LEFT -> "\"";
                            case CENTER -> "\" text-anchor=\"middle\"";
                            case RIGHT -> "\" text-anchor=\"end\"";
                        })
                .append(" textLength=\"")
                .append(SvgText.number(style.width(text)))
                .append("\" lengthAdjust=\"spacingAndGlyphs\">")
                .append(SvgText.escaped(text))
                .append("</text>\n");
    }

    @Override
    public void paste(BufferedImage pixels, double x, double y) {
        image(pixels, new Area(x, y, pixels.getWidth() / scale, pixels.getHeight() / scale), "");
    }

    @Override
    public void cells(Area place, int rows, int columns, IntBinaryOperator color) {
        if ((long) rows * columns > MOST_CELLS) {
            BufferedImage pixels = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    pixels.setRGB(column, row, color.applyAsInt(row, column));
                }
            }
            image(pixels, place, " style=\"image-rendering:pixelated\"");
            return;
        }
        elements.append("<g shape-rendering=\"crispEdges\">\n");
        for (int row = 0; row < rows; row++) {
            cellsOfRow(place, new Row(row, rows, columns), color);
        }
        elements.append("</g>\n");
    }

    /// @param row of which these are the cells
    private record Row(int row, int rows, int columns) {}

    /// Neighbours of one colour become one rectangle.
    private void cellsOfRow(Area place, Row row, IntBinaryOperator color) {
        double top = place.y() + place.height() * row.row() / row.rows();
        double tall = place.height() / row.rows();
        double wide = place.width() / row.columns();
        int start = 0;
        for (int column = 1; column <= row.columns(); column++) {
            int startColor = color.applyAsInt(row.row(), start);
            if (column == row.columns() || color.applyAsInt(row.row(), column) != startColor) {
                fill(
                        new Rectangle2D.Double(place.x() + start * wide, top, (column - start) * wide, tall),
                        startColor,
                        1);
                start = column;
            }
        }
    }

    private void image(BufferedImage pixels, Area place, String style) {
        elements.append("<image x=\"")
                .append(SvgText.number(place.x()))
                .append("\" y=\"")
                .append(SvgText.number(place.y()))
                .append("\" width=\"")
                .append(SvgText.number(place.width()))
                .append("\" height=\"")
                .append(SvgText.number(place.height()))
                .append("\" preserveAspectRatio=\"none\"")
                .append(style)
                .append(" xlink:href=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(Png.of(pixels)))
                .append("\"/>\n");
    }
}
