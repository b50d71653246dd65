package org.patchlens.figure.canvas;

import java.awt.geom.Path2D;
import java.nio.ByteBuffer;

/// A simple glyph of a TrueType font: contours of points on and off quadratic curves.
final class GlyphOutline {
    private final int[] contourEnds;
    private final byte[] flags;
    private final int[] x;
    private final int[] y;

    /// @param in at the first byte after the glyph's header
    /// @param contours how many there are
    GlyphOutline(ByteBuffer in, int contours) {
        contourEnds = new int[contours];
        for (int i = 0; i < contours; i++) {
            contourEnds[i] = Short.toUnsignedInt(in.getShort());
        }
        in.position(in.position() + Short.toUnsignedInt(in.getShort(in.position())) + 2);
        int points = contours == 0 ? 0 : contourEnds[contours - 1] + 1;
        flags = readFlags(in, points);
        x = readCoordinates(in, 0x02, 0x10);
        y = readCoordinates(in, 0x04, 0x20);
    }

    private static byte[] readFlags(ByteBuffer in, int points) {
        byte[] flags = new byte[points];
        int i = 0;
        while (i < points) {
            byte flag = in.get();
            int repeats = (flag & 0x08) != 0 ? Byte.toUnsignedInt(in.get()) : 0;
            for (int r = 0; r <= repeats; r++) {
                flags[i++] = flag;
            }
        }
        return flags;
    }

    private int[] readCoordinates(ByteBuffer in, int shortBit, int sameBit) {
        int[] coordinates = new int[flags.length];
        int at = 0;
        for (int i = 0; i < flags.length; i++) {
            boolean same = (flags[i] & sameBit) != 0;
            if ((flags[i] & shortBit) != 0) {
                int step = Byte.toUnsignedInt(in.get());
                at += same ? step : -step;
            } else if (!same) {
                at += in.getShort();
            }
            coordinates[i] = at;
        }
        return coordinates;
    }

    /// Adds every contour, closed.
    void appendTo(Path2D path) {
        int first = 0;
        for (int end : contourEnds) {
            appendContour(path, first, end - first + 1);
            first = end + 1;
        }
    }

    /// Two neighbouring points off the curve have a point on the curve half-way between them.
    private void appendContour(Path2D path, int first, int count) {
        int start = 0;
        while (start < count && !onCurve(first + start)) {
            start++;
        }
        if (start == count) {
            return; // no font of ours has a contour without a point on the curve
        }
        path.moveTo(x[first + start], y[first + start]);
        int control = -1;
        for (int i = 1; i <= count; i++) {
            int point = first + (start + i) % count;
            if (onCurve(point)) {
                curveTo(path, control, x[point], y[point]);
                control = -1;
            } else {
                if (control >= 0) {
                    curveTo(path, control, (x[control] + x[point]) / 2.0, (y[control] + y[point]) / 2.0);
                }
                control = point;
            }
        }
        path.closePath();
    }

    private void curveTo(Path2D path, int control, double toX, double toY) {
        if (control < 0) {
            path.lineTo(toX, toY);
        } else {
            path.quadTo(x[control], y[control], toX, toY);
        }
    }

    private boolean onCurve(int point) {
        return (flags[point] & 0x01) != 0;
    }
}
