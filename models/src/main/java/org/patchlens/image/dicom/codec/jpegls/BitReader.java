package org.patchlens.image.dicom.codec.jpegls;

import org.patchlens.image.dicom.codec.DecodingException;

/// The bits of a JPEG-LS scan (T.87 A.1): after a byte FF, the next has seven. After the last, zeros, which
/// [#requireData] refuses.
final class BitReader {
    private final byte[] data;
    private int position;
    private long buffer;
    private int available;
    private int invented;
    private boolean afterFull;

    BitReader(byte[] data, int position) {
        this.data = data;
        this.position = position;
    }

    /// Takes 0 to 32 bits.
    int take(int count) {
        if (available < count) {
            fill();
        }
        available -= count;
        return (int) (buffer >>> available & (1L << count) - 1);
    }

    /// Takes zeros up to and with the next one; returns how many there were, at most `most + 1`.
    int zeros(int most) {
        int count = 0;
        while (count <= most) {
            if (available < 48) {
                fill();
            }
            long aligned = buffer << (64 - available);
            int leading = Math.min(Long.numberOfLeadingZeros(aligned), available);
            if (leading < available) {
                available -= leading + 1;
                return Math.min(count + leading, most + 1);
            }
            count += available;
            available = 0;
        }
        return most + 1;
    }

    private void fill() {
        while (available <= 48) {
            boolean end = position >= data.length
                    || (data[position] == (byte) 0xFF && (position + 1 >= data.length || data[position + 1] < 0));
            if (end) {
                buffer <<= 8;
                available += 8;
                invented += 8;
                continue;
            }
            int next = data[position++] & 0xFF;
            int bits = afterFull ? 7 : 8;
            buffer = buffer << bits | next;
            available += bits;
            afterFull = next == 0xFF;
        }
    }

    /// @throws DecodingException if more bits were taken than there are
    void requireData() throws DecodingException {
        if (invented > available) {
            throw new DecodingException("the compressed data end early");
        }
    }

    /// The position of the next marker, or the end.
    int nextMarker() {
        int at = position;
        while (at + 1 < data.length && (data[at] != (byte) 0xFF || data[at + 1] >= 0 || data[at + 1] == (byte) 0xFF)) {
            at++;
        }
        return at + 1 < data.length ? at : data.length;
    }
}
