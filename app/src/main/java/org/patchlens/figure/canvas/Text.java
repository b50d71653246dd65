package org.patchlens.figure.canvas;

import java.util.ArrayList;
import java.util.List;

/// A way to write.
///
/// @param font the letters
/// @param size of the em square in logical pixels
/// @param color 0xRRGGBB
public record Text(OutlineFont font, double size, int color) {
    /// The heading of a figure.
    public static final Text TITLE = new Text(OutlineFont.MEDIUM, 17, Canvas.INK);

    /// The heading of one of several figures side by side.
    public static final Text PANEL = new Text(OutlineFont.MEDIUM, 12.5, Canvas.INK);

    /// The sentences below a figure.
    public static final Text CAPTION = new Text(OutlineFont.REGULAR, 12.5, Canvas.SOFT_INK);

    /// What an axis is.
    public static final Text LABEL = new Text(OutlineFont.REGULAR, 13, Canvas.INK);

    /// Numbers and names along an axis.
    public static final Text TICK = new Text(OutlineFont.REGULAR, 12, Canvas.SOFT_INK);

    /// The cells of a table.
    public static final Text CELL = new Text(OutlineFont.REGULAR, 13, Canvas.INK);

    /// The headings of a table.
    public static final Text HEADING = new Text(OutlineFont.MEDIUM, 13, Canvas.INK);

    /// Whether it is written in the stronger of the two fonts.
    public boolean isStrong() {
        return font == OutlineFont.MEDIUM;
    }

    /// The width of one line in logical pixels.
    public double width(String text) {
        return font.width(text, size);
    }

    /// The distance between the baselines of two lines.
    public double lineHeight() {
        return Math.round(size * 1.4);
    }

    /// Breaks a text into lines between words; a word longer than a line gets a line of its own.
    public List<String> wrap(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /// The text, or its beginning and an ellipsis where it is too wide.
    public String shortened(String text, double width) {
        if (width(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && width(text.substring(0, length) + "…") > width) {
            length--;
        }
        return text.substring(0, length).stripTrailing() + "…";
    }
}
