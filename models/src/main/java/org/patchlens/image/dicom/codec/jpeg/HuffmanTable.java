package org.patchlens.image.dicom.codec.jpeg;

import java.util.Arrays;
import org.patchlens.image.dicom.codec.DecodingException;

/// A Huffman table (T.81 annex C and F.2.2.3): short codes by one look, long ones by comparison with the largest
/// code of each length.
final class HuffmanTable {
    private static final int LOOK_BITS = 9;
    private static final int LONGEST = 16;

    /// Codes and the number that follows them, together, up to this many bits in one look.
    private static final int NUMBER_BITS = 12;

    /// For each start of a code: its length in the high, its symbol in the low byte; 0 if the code is longer.
    private final short[] look = new short[1 << LOOK_BITS];

    /// The first code that is too large for a length, aligned to 16 bits.
    private final int[] beyond = new int[LONGEST + 1];

    private final int[] shift = new int[LONGEST + 1];
    private final byte[] symbols;

    /// For each start of a code whose number fits in: the number in the high bits, the taken bits in the low 8;
    /// else 0.
    private final int[] numbers = new int[1 << NUMBER_BITS];

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
        enterNumbers();
    }

    private void enterNumbers() {
        for (int start = 0; start < numbers.length; start++) {
            int entry = look[start >>> (NUMBER_BITS - LOOK_BITS)];
            int size = entry & 0xFF;
            int taken = (entry >>> 8) + size;
            if (entry != 0 && taken <= NUMBER_BITS) {
                int bits = (start >>> (NUMBER_BITS - taken)) & ((1 << size) - 1);
                numbers[start] = signed(bits, size) << 8 | taken;
            }
        }
    }

    private static int signed(int bits, int size) {
        return size == 0 || bits >= 1 << (size - 1) ? bits : bits - (1 << size) + 1;
    }

    /// Reads a symbol and the signed number of as many bits as it says (T.81 F.2.2.1); a size of 16 stands for
    /// 32,768 without further bits (T.81 H.1.2.2).
    int decodeNumber(BitReader bits) throws DecodingException {
        int entry = numbers[bits.peek16() >>> (LONGEST - NUMBER_BITS)];
        if (entry != 0) {
            bits.skip(entry & 0xFF);
            return entry >> 8;
        }
        int size = decode(bits);
        if (size < 16) {
            return bits.takeSigned(size);
        }
        if (size > 16) {
            throw new DecodingException("a JPEG difference has " + size + " bits");
        }
        return 1 << 15;
    }

    private void enter(int first, int count, int index, int length) {
        int copies = 1 << (LOOK_BITS - length);
        for (int i = 0; i < count; i++) {
            short entry = (short) ((length << 8) | (symbols[index + i] & 0xFF));
            int start = (first + i) * copies;
            Arrays.fill(look, start, start + copies, entry);
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
