package org.patchlens.image.raster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tags of one image of a TIFF file (classic or BigTIFF, either byte order), or of an EXIF block.
///
/// Every offset and count is checked against the length of the bytes before anything is read or allocated.
final class TiffDirectory {
    private static final int MOST_ENTRIES = 4096;
    private static final int MOST_VALUES = 1 << 22;
    /// Bytes per value of the field types 1 to 18; 0 for those that do not exist.
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final Map<Integer, long[]> tags = new HashMap<>();

    private TiffDirectory() {}

    /// The numbers of a tag, empty if it is absent; strings and fractions are left out.
    long[] numbers(int tag) {
        return tags.getOrDefault(tag, new long[0]);
    }

    /// The first number of a tag.
    long number(int tag, long otherwise) {
        long[] numbers = numbers(tag);
        return numbers.length == 0 ? otherwise : numbers[0];
    }

    /// Whether bytes start like a TIFF file.
    static boolean isTiff(byte[] bytes) {
        return Source.has(bytes, 0, "II*\0")
                || Source.has(bytes, 0, "MM\0*")
                || Source.has(bytes, 0, "II+\0")
                || Source.has(bytes, 0, "MM\0+");
    }

    /// The first directory, if the bytes hold one that can be read.
    static Optional<TiffDirectory> first(byte[] bytes) {
        return isTiff(bytes) ? all(bytes, 1).stream().findFirst() : Optional.empty();
    }

    /// The directories in the order of their chain, which ends where it leaves the file or returns to a place
    /// where it was.
    ///
    /// @param most how many to read at most
    static List<TiffDirectory> all(byte[] bytes, int most) {
        List<TiffDirectory> directories = new ArrayList<>();
        Reader reader = new Reader(bytes);
        Set<Long> seen = new HashSet<>();
        long at = reader.big ? reader.number(8, 8) : reader.number(4, 4);
        while (at > 0 && seen.add(at) && directories.size() < most) {
            TiffDirectory directory = new TiffDirectory();
            long next = reader.directory(at, directory);
            if (directory.tags.isEmpty()) {
                break;
            }
            directories.add(directory);
            at = next;
        }
        return directories;
    }

    private static final class Reader {
        private final byte[] bytes;
        private final boolean little;
        private final boolean big;

        Reader(byte[] bytes) {
            this.bytes = bytes;
            this.little = bytes[0] == 'I';
            this.big = (little ? bytes[2] : bytes[3]) == '+';
        }

        /// Reads one directory.
        ///
        /// @return where the next one lies; 0 at the end or where the file ends first
        long directory(long at, TiffDirectory into) {
            int countBytes = big ? 8 : 2;
            int entryBytes = big ? 20 : 12;
            if (at > bytes.length - countBytes) {
                return 0;
            }
            long entries = number((int) at, countBytes);
            long end = at + countBytes + entries * entryBytes;
            if (entries > MOST_ENTRIES || end > bytes.length) {
                return 0;
            }
            for (int i = 0; i < entries; i++) {
                entry((int) at + countBytes + i * entryBytes, into);
            }
            int offsetBytes = big ? 8 : 4;
            return end + offsetBytes <= bytes.length ? number((int) end, offsetBytes) : 0;
        }

        private void entry(int at, TiffDirectory into) {
            int tag = (int) number(at, 2);
            int type = (int) number(at + 2, 2);
            long count = number(at + 4, big ? 8 : 4);
            int size = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
            int valueAt = at + (big ? 12 : 8);
            if (size == 0 || count < 0 || count > MOST_VALUES || type == 5 || type == 10 || type == 2) {
                return;
            }
            long from = count * size <= (big ? 8 : 4) ? valueAt : number(valueAt, big ? 8 : 4);
            if (from < 0 || from > bytes.length - count * size) {
                return;
            }
            long[] numbers = new long[(int) count];
            Arrays.setAll(numbers, i -> number((int) from + i * size, size));
            into.tags.putIfAbsent(tag, numbers);
        }

        /// An unsigned number; one of 8 bytes that does not fit a long comes out negative.
        private long number(int at, int size) {
            if (at + size > bytes.length) {
                return 0;
            }
            long number = 0;
            for (int i = 0; i < size; i++) {
                int place = little ? at + size - 1 - i : at + i;
                number = number << 8 | (bytes[place] & 0xff);
            }
            return number;
        }
    }
}
