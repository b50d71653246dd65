package org.patchlens.image.dicom.codec.jpeg;

import org.patchlens.image.dicom.codec.DecodingException;

/// A Huffman table (T.81 annex C and F.2.2.3): short codes by one look, long ones by comparison with the largest code
/// of each length.
final class HuffmanTable {
    private static final int LOOK_BITS = 9;
    private static final int LONGEST = 16;

    /// For each start of a code: its length in the high, its symbol in the low byte; 0 if the code is longer.
    private final short[] look = new short[1 << LOOK_BITS];

    /// The first code that is too large for a length, aligned to 16 bits.
    private final int[] beyond = new int[LONGEST + 1];

    private final int[] shift = new int[LONGEST + 1];
    private final byte[] symbols;

    /// @param counts how many codes there are of each length, 1 to 16, at index length - 1
    /// @param symbols in the order of their codes
    HuffmanTable(int[] counts, byte[] symbols) throws DecodingException {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int count = counts[length - 1];
            if (code + count > 1 << length) {
                throw new DecodingException("a Huffman table has more codes of " + length + " bits than exist");
            }
            shift[length] = index - code;
            if (length <= LOOK_BITS) {
                enter(code, count, index, length);
            }
            code += count;
            index += count;
            beyond[length] = code << (LONGEST - length);
            code <<= 1;
        }
    }

    private void enter(int first, int count, int index, int length) {
        int copies = 1 << (LOOK_BITS - length);
        for (int i = 0; i < count; i++) {
            short entry = (short) (length << 8 | symbols[index + i] & 0xFF);
            int start = (first + i) * copies;
            java.util.Arrays.fill(look, start, start + copies, entry);
        }
    }

    /// Reads a symbol, 0 to 255.
    int decode(BitReader bits) throws DecodingException {
        int next = bits.peek16();
        int entry = look[next >>> (LONGEST - LOOK_BITS)];
        if (entry != 0) {
            bits.skip(entry >>> 8);
            return entry & 0xFF;
        }
        for (int length = LOOK_BITS + 1; length <= LONGEST; length++) {
            if (next < beyond[length]) {
                bits.skip(length);
                return symbols[(next >>> (LONGEST - length)) + shift[length]] & 0xFF;
            }
        }
        throw new DecodingException("the compressed data hold a code that no table has");
    }
}
