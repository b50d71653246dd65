package org.patchlens.image.dicom.codec.jpeg2000;

import org.patchlens.image.dicom.codec.DecodingException;

/// The bits of packet headers (T.800 B.10.1): after a byte FF, the next has seven.
final class PacketBits {
    private final byte[] data;
    private int position;
    private int current;
    private int left;

    PacketBits(byte[] data) {
        this.data = data;
    }

    int bit() throws DecodingException {
        if (left == 0) {
            if (position >= data.length) {
                throw new DecodingException("the JPEG 2000 data end early");
            }
            left = current == 0xFF ? 7 : 8;
            current = data[position++] & 0xFF;
        }
        left--;
        return current >> left & 1;
    }

    /// Takes 0 to 31 bits.
    int take(int count) throws DecodingException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /// Goes to the next whole byte.
    void align() {
        if (current == 0xFF) {
            position++;
        }
        current = 0;
        left = 0;
    }

    /// Steps over a marker, if it is the next thing.
    void skipMarker(int low, int bytes) {
        boolean there =
                position + 1 < data.length && data[position] == (byte) 0xFF && (data[position + 1] & 0xFF) == low;
        if (there) {
            position += bytes;
        }
    }

    boolean atEnd() {
        return position >= data.length;
    }

    /// Steps over the body of a code block and returns where it starts.
    int body(int length) throws DecodingException {
        if (length > data.length - position) {
            throw new DecodingException("the JPEG 2000 data end early");
        }
        int start = position;
        position += length;
        return start;
    }
}
