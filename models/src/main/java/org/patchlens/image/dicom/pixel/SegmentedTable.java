package org.patchlens.image.dicom.pixel;

/// The compact form of palettes (PS3.3 C.7.9.2): runs of entries, straight lines, and repetitions of earlier
/// segments.
final class SegmentedTable {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final int[] words;
    private final int[] entries;
    private final String subject;
    private int filled;

    private SegmentedTable(int[] words, int count, String subject) {
        this.words = words;
        this.entries = new int[count];
        this.subject = subject;
    }

    static int[] expand(int[] words, int count, String subject) {
        SegmentedTable table = new SegmentedTable(words, count, subject);
        int position = 0;
        while (position < words.length && table.filled < count) {
            position = table.segment(position, true);
        }
        if (table.filled < count) {
            throw LookupTable.bad(subject, "has " + table.filled + " of " + count + " entries");
        }
        return table.entries;
    }

    /// Appends a segment and returns the position after it.
    private int segment(int position, boolean mayRepeat) {
        int operation = word(position);
        int length = word(position + 1);
        return switch (operation) {
            case DISCRETE -> {
                for (int i = 0; i < length; i++) {
                    append(word(position + 2 + i));
                }
                yield position + 2 + length;
            }
            case LINEAR -> {
                line(length, word(position + 2));
                yield position + 3;
            }
            case INDIRECT -> {
                repeat(length, word(position + 2) | (word(position + 3) << 16), mayRepeat);
                yield position + 4;
            }
            default -> throw LookupTable.bad(subject, "has a segment of an unknown kind");
        };
    }

    private void line(int length, int end) {
        int start = filled == 0 ? 0 : entries[filled - 1];
        for (int i = 1; i <= length; i++) {
            append((int) Math.round(start + (double) (end - start) * i / length));
        }
    }

    /// @param offset in bytes from the start of the table
    private void repeat(int segments, int offset, boolean mayRepeat) {
        if (!mayRepeat || offset < 0) {
            throw LookupTable.bad(subject, "repeats a repetition");
        }
        int position = offset / 2;
        for (int i = 0; i < segments && filled < entries.length; i++) {
            position = segment(position, false);
        }
    }

    private void append(int value) {
        if (filled < entries.length) {
            entries[filled++] = value;
        }
    }

    private int word(int position) {
        if (position >= words.length) {
            throw LookupTable.bad(subject, "ends in the middle of a segment");
        }
        return words[position];
    }
}
