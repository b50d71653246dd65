package org.patchlens.image.dicom.codec.jpeg2000;

/// The bits of a pass that goes around the arithmetic coder (T.800 D.6): after a byte FF, the next has seven.
/// Beyond its data it reads ones.
final class RawBits {
    private byte[] data = new byte[0];
    private int position;
    private int end;
    private int current;
    private int left;

    void start(byte[] bytes, int from, int to) {
        data = bytes;
        position = from;
        end = to;
        current = 0;
        left = 0;
    }

    int bit() {
        if (left == 0) {
            left = current == 0xFF ? 7 : 8;
            current = position < end ? data[position++] & 0xFF : 0xFF;
        }
        left--;
        return current >> left & 1;
    }
}
