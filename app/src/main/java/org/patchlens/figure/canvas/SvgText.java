package org.patchlens.figure.canvas;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;

/// Shapes, numbers and words in the notation of SVG.
final class SvgText {
    private SvgText() {}

    /// A number with at most two decimals: a hundredth of a pixel is not seen.
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        String sign = hundredths < 0 ? "-" : "";
        long whole = Math.abs(hundredths) / 100;
        long rest = Math.abs(hundredths) % 100;
        if (rest == 0) {
            return sign + whole;
        }
        return sign + whole + "." + (rest < 10 ? "0" : "") + (rest % 10 == 0 ? rest / 10 : rest);
    }

    /// Text that stands in an element or an attribute: characters with a meaning in XML are escaped, characters
    /// that XML forbids become U+FFFD.
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(character) ? character : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int character) {
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        boolean control = character < ' ' && character != '\t' && character != '\n' && character != '\r';
        return !surrogate && !control && (character & 0xfffe) != 0xfffe;
    }

    /// A shape as an element of its own kind, or as a path.
    ///
    /// @param attributes that tell how it is drawn
    static String element(Shape shape, String attributes) {
        return switch (shape) {
            case Rectangle2D r ->
                "<rect x=\"" + number(r.getX()) + "\" y=\"" + number(r.getY()) + "\" width=\"" + number(r.getWidth())
                        + "\" height=\"" + number(r.getHeight()) + "\"" + attributes + "/>\n";
            case Ellipse2D e ->
                "<ellipse cx=\"" + number(e.getCenterX()) + "\" cy=\"" + number(e.getCenterY()) + "\" rx=\""
                        + number(e.getWidth() / 2) + "\" ry=\"" + number(e.getHeight() / 2) + "\"" + attributes
                        + "/>\n";
            case Line2D l ->
                "<line x1=\"" + number(l.getX1()) + "\" y1=\"" + number(l.getY1()) + "\" x2=\"" + number(l.getX2())
                        + "\" y2=\"" + number(l.getY2()) + "\"" + attributes + "/>\n";
            default -> "<path d=\"" + path(shape) + "\"" + attributes + "/>\n";
        };
    }

    private static String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator parts = shape.getPathIterator(null); !parts.isDone(); parts.next()) {
            int kind = parts.currentSegment(at);
            int numbers = switch (kind) {
                case PathIterator.SEG_MOVETO -> letter(path, 'M', 2);
                case PathIterator.SEG_LINETO -> letter(path, 'L', 2);
                case PathIterator.SEG_QUADTO -> letter(path, 'Q', 4);
                case PathIterator.SEG_CUBICTO -> letter(path, 'C', 6);
                default -> letter(path, 'Z', 0);
            };
            for (int i = 0; i < numbers; i++) {
                path.append(i == 0 ? "" : " ").append(number(at[i]));
            }
        }
        return path.toString();
    }

    private static int letter(StringBuilder path, char letter, int numbers) {
        path.append(letter);
        return numbers;
    }
}
