package org.patchlens.image.dicom.pixel;

import java.util.Arrays;
import java.util.OptionalInt;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.dataset.DataSet;

/// A look-up table (PS3.3 C.11.1.1.1): stored values below its first go to its first entry, those above to its
/// last.
public final class LookupTable {
    private final int first;
    private final int[] entries;
    private final int bits;

    private LookupTable(int first, int[] entries, int bits) {
        this.first = first;
        this.entries = entries;
        this.bits = bits;
    }

    /// Where the parts of a table stand.
    ///
    /// @param descriptor number of entries, first mapped value, bits of an entry
    /// @param data the entries
    /// @param segments the entries in the compact form of PS3.3 C.7.9.2, if the table may have it
    record Place(int descriptor, int data, OptionalInt segments) {}

    /// Reads a table.
    ///
    /// @param signed whether the first mapped value is signed
    /// @throws PatchlensException if it is missing or damaged
    static LookupTable of(DataSet header, Place place, boolean signed, String subject) {
        int[] descriptor = header.shorts(place.descriptor());
        if (descriptor.length < 3) {
            throw bad(subject, "has no complete descriptor");
        }
        int count = descriptor[0] == 0 ? 1 << 16 : descriptor[0];
        int first = signed ? (short) descriptor[1] : descriptor[1];
        int bits = descriptor[2];
        if (bits < 1 || bits > 16) {
            throw bad(subject, "has entries of " + bits + " bits; 8 or 16 are expected");
        }
        boolean segmented = header.find(place.data()).isEmpty()
                && place.segments().isPresent()
                && header.find(place.segments().getAsInt()).isPresent();
        int[] entries = segmented
                ? SegmentedTable.expand(header.shorts(place.segments().getAsInt()), count, subject)
                : entries(header, place.data(), count, bits, subject);
        return new LookupTable(first, entries, bits);
    }

    private static int[] entries(DataSet header, int tag, int count, int bits, String subject) {
        byte[] bytes = header.bytes(tag).orElse(new byte[0]);
        if (bits <= 8 && bytes.length >= count && bytes.length < 2 * count) {
            int[] entries = new int[count];
            for (int i = 0; i < count; i++) {
                entries[i] = bytes[i] & 0xFF;
            }
            return entries;
        }
        int[] words = header.shorts(tag);
        if (words.length < count) {
            throw bad(subject, "has " + words.length + " of " + count + " entries");
        }
        return words.length == count ? words : Arrays.copyOf(words, count);
    }

    static PatchlensException bad(String subject, String problem) {
        return PatchlensException.badData(subject, "A look-up table of the header " + problem, "The file is damaged.");
    }

    /// What a stored value becomes, 0 to 65,535.
    int map(double stored) {
        double index = stored - first;
        return entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
    }

    /// The bits of an entry, 1 to 16.
    int bits() {
        return bits;
    }

    /// The stored value of the first entry.
    int first() {
        return first;
    }

    /// The entries as shares of the largest number that their bits hold, 0 to 1.
    float[] shares() {
        float largest = (1 << bits) - 1;
        float[] shares = new float[entries.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.min(1, entries[i] / largest);
        }
        return shares;
    }
}
