package org.patchlens.image.dicom.codec.jpeg;

import org.patchlens.image.dicom.codec.DecodingException;

/// The bits of entropy-coded data up to the next marker (T.81 F.2.2.5); after it zeros, which [#requireData]
/// refuses.
final class BitReader {
    private final byte[] data;
    private int position;
    private long buffer;
    private int available;
    private int invented;

    BitReader(byte[] data, int position) {
        this.data = data;
        this.position = position;
    }

    /// The next 16 bits without taking them.
    int peek16() {
        if (available < 16) {
            fill();
        }
        return (int) (buffer >>> (available - 16)) & 0xFFFF;
    }

    void skip(int count) {
        available -= count;
    }

    /// Takes 0 to 16 bits.
    int take(int count) {
        if (available < count) {
            fill();
        }
        available -= count;
        return (int) (buffer >>> available) & ((1 << count) - 1);
    }

    /// Takes a number in the form of T.81 F.2.2.1: its sign is in its first bit.
    int takeSigned(int bits) {
        if (bits == 0) {
            return 0;
        }
        int value = take(bits);
        return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
    }

    private void fill() {
        while (available <= 48) {
            int next = 0;
            if (position >= data.length) {
                invented += 8;
            } else {
                next = data[position] & 0xFF;
                if (next != 0xFF) {
                    position++;
                } else if (position + 1 < data.length && data[position + 1] == 0) {
                    position += 2;
                } else {
                    next = 0;
                    invented += 8;
                }
            }
            buffer = buffer << 8 | next;
            available += 8;
        }
    }

    /// @throws DecodingException if more bits were taken than there are
    void requireData() throws DecodingException {
        if (invented > available) {
            throw new DecodingException("the compressed data end early");
        }
    }

    /// Goes on after a restart marker.
    void restart() throws DecodingException {
        requireData();
        available = 0;
        invented = 0;
        int at = nextMarker();
        if (at + 1 >= data.length || (data[at + 1] & 0xF8) != 0xD0) {
            throw new DecodingException("a restart marker is missing");
        }
        position = at + 2;
    }

    /// The position of the next marker, or the end.
    int nextMarker() {
        int at = position;
        while (at + 1 < data.length && (data[at] != (byte) 0xFF || data[at + 1] == 0 || data[at + 1] == (byte) 0xFF)) {
            at++;
        }
        return at + 1 < data.length ? at : data.length;
    }
}
