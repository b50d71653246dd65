package org.patchlens.figure.canvas;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A TrueType font as outlines: text becomes a shape, without the font machinery of Java, which needs fontconfig
/// and installed fonts even for a font of one's own.
///
/// Reads the tables `head`, `hhea`, `maxp`, `cmap` (format 4), `hmtx`, `loca` and `glyf` of the OpenType
/// specification 1.9; no hinting, no kerning, left to right only. Meant for the bundled font, not for fonts of
/// strangers.
public final class OutlineFont {
    /// Roboto Regular.
    public static final OutlineFont REGULAR = bundled("Roboto-Regular.ttf");

    /// Roboto Medium, for headings.
    public static final OutlineFont MEDIUM = bundled("Roboto-Medium.ttf");

    private static final int DEEPEST_COMPOSITE = 5;

    private final ByteBuffer file;
    private final Map<String, Integer> tables;
    private final int unitsPerEm;
    private final boolean longOffsets;
    private final int advances;
    private final CharacterMap characters;

    private OutlineFont(ByteBuffer file) {
        this.file = file;
        this.tables = readTables(file);
        this.unitsPerEm = unsigned16(table("head") + 18);
        this.longOffsets = file.getShort(table("head") + 50) == 1;
        this.advances = unsigned16(table("hhea") + 34);
        this.characters = CharacterMap.read(file, table("cmap"));
    }

    private static OutlineFont bundled(String name) {
        try (InputStream stream = OutlineFont.class.getResourceAsStream("/com/formdev/flatlaf/fonts/roboto/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the bundled font " + name + " is missing from the class path");
            }
            return new OutlineFont(ByteBuffer.wrap(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The width of a line of text in pixels.
    ///
    /// @param size of the em square in pixels
    public double width(String text, double size) {
        return text.codePoints().mapToDouble(c -> advance(characters.glyph(c))).sum() * size / unitsPerEm;
    }

    /// A line of text as a shape.
    ///
    /// @param x of the left end
    /// @param y of the baseline; y grows downwards
    /// @param size of the em square in pixels
    public Path2D shape(String text, double x, double y, double size) {
        double scale = size / unitsPerEm;
        Path2D.Double shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double pen = x;
        for (int character : text.codePoints().toArray()) {
            int glyph = characters.glyph(character);
            shape.append(outline(glyph, 0).getPathIterator(new AffineTransform(scale, 0, 0, -scale, pen, y)), false);
            pen += advance(glyph) * scale;
        }
        return shape;
    }

    private double advance(int glyph) {
        return unsigned16(table("hmtx") + 4 * Math.min(glyph, advances - 1));
    }

    /// A glyph in font units, y upwards.
    private Path2D outline(int glyph, int depth) {
        int start = table("glyf") + location(glyph);
        Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        if (location(glyph + 1) == location(glyph)) {
            return path;
        }
        int contours = file.getShort(start);
        if (contours >= 0) {
            new GlyphOutline(file.duplicate().position(start + 10), contours).appendTo(path);
        } else if (depth < DEEPEST_COMPOSITE) {
            appendComponents(path, file.duplicate().position(start + 10), depth);
        }
        return path;
    }

    /// A composite glyph, such as a letter with an accent; offsets and scales, as the specification numbers them.
    private void appendComponents(Path2D path, ByteBuffer in, int depth) {
        int flags;
        do {
            flags = in.getShort();
            int glyph = Short.toUnsignedInt(in.getShort());
            boolean words = (flags & 0x1) != 0;
            double dx = words ? in.getShort() : in.get();
            double dy = words ? in.getShort() : in.get();
            double xx = 1;
            double yx = 0;
            double xy = 0;
            double yy = 1;
            if ((flags & 0x8) != 0) {
                xx = f2dot14(in);
                yy = xx;
            } else if ((flags & 0x40) != 0) {
                xx = f2dot14(in);
                yy = f2dot14(in);
            } else if ((flags & 0x80) != 0) {
                xx = f2dot14(in);
                yx = f2dot14(in);
                xy = f2dot14(in);
                yy = f2dot14(in);
            }
            AffineTransform place = new AffineTransform(xx, yx, xy, yy, dx, dy);
            path.append(outline(glyph, depth + 1).getPathIterator(place), false);
        } while ((flags & 0x20) != 0);
    }

    private static double f2dot14(ByteBuffer in) {
        return in.getShort() / 16384.0;
    }

    private int location(int glyph) {
        int loca = table("loca");
        return longOffsets ? file.getInt(loca + 4 * glyph) : 2 * unsigned16(loca + 2 * glyph);
    }

    private int table(String tag) {
        Integer offset = tables.get(tag);
        if (offset == null) {
            throw new IllegalStateException("the font has no table " + tag);
        }
        return offset;
    }

    private int unsigned16(int offset) {
        return Short.toUnsignedInt(file.getShort(offset));
    }

    private static Map<String, Integer> readTables(ByteBuffer file) {
        Map<String, Integer> tables = new HashMap<>();
        for (int i = 0; i < file.getShort(4); i++) {
            byte[] tag = new byte[4];
            file.get(12 + 16 * i, tag);
            tables.put(new String(tag, StandardCharsets.US_ASCII), file.getInt(12 + 16 * i + 8));
        }
        return tables;
    }
}
