package org.patchlens.figure.canvas;

import java.nio.ByteBuffer;

/// Which glyph stands for a character: the `cmap` table of a TrueType font, format 4 (segments of the Basic
/// Multilingual Plane).
final class CharacterMap {
    private static final int UNICODE = 3;
    private static final int SEGMENTS = 4;

    private final ByteBuffer file;
    private final int start;
    private final int segments;

    private CharacterMap(ByteBuffer file, int start) {
        this.file = file;
        this.start = start;
        this.segments = unsigned16(6) / 2;
    }

    /// @param table where `cmap` begins
    static CharacterMap read(ByteBuffer file, int table) {
        int count = file.getShort(table + 2);
        for (int i = 0; i < count; i++) {
            int subtable = table + file.getInt(table + 4 + 8 * i + 4);
            if (file.getShort(table + 4 + 8 * i) == UNICODE && file.getShort(subtable) == SEGMENTS) {
                return new CharacterMap(file, subtable);
            }
        }
        throw new IllegalStateException("the font has no Unicode character map of format 4");
    }

    /// The glyph of a character; 0, an empty box, if the font has none.
    int glyph(int character) {
        for (int segment = 0; segment < segments; segment++) {
            int last = unsigned16(14 + 2 * segment);
            if (character <= last) {
                int first = unsigned16(16 + 2 * segments + 2 * segment);
                return character < first ? 0 : glyphInSegment(segment, character, first);
            }
        }
        return 0;
    }

    private int glyphInSegment(int segment, int character, int first) {
        int delta = unsigned16(16 + 4 * segments + 2 * segment);
        int rangeAt = 16 + 6 * segments + 2 * segment;
        int range = unsigned16(rangeAt);
        if (range == 0) {
            return (character + delta) & 0xffff;
        }
        int glyph = unsigned16(rangeAt + range + 2 * (character - first));
        return glyph == 0 ? 0 : (glyph + delta) & 0xffff;
    }

    private int unsigned16(int offset) {
        return Short.toUnsignedInt(file.getShort(start + offset));
    }
}
