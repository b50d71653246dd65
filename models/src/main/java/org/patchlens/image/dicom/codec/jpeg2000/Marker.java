package org.patchlens.image.dicom.codec.jpeg2000;

import org.patchlens.image.dicom.codec.DecodingException;

/// Reads the numbers of a marker segment (T.800 annex A), never past its end.
final class Marker {
    static final int SOC = 0xFF4F;
    static final int CAP = 0xFF50;
    static final int SIZ = 0xFF51;
    static final int COD = 0xFF52;
    static final int COC = 0xFF53;
    static final int QCD = 0xFF5C;
    static final int QCC = 0xFF5D;
    static final int RGN = 0xFF5E;
    static final int POC = 0xFF5F;
    static final int PPM = 0xFF60;
    static final int PPT = 0xFF61;
    static final int SOT = 0xFF90;
    static final int SOD = 0xFF93;
    static final int EOC = 0xFFD9;

    private final byte[] data;
    private final int end;
    private int position;

    /// @param start the first byte to read
    /// @param end the byte after the last
    Marker(byte[] data, int start, int end) {
        this.data = data;
        this.position = start;
        this.end = end;
    }

    int u8() throws DecodingException {
        return (int) number(1);
    }

    int u16() throws DecodingException {
        return (int) number(2);
    }

    long u32() throws DecodingException {
        return number(4);
    }

    private long number(int bytes) throws DecodingException {
        if (position + bytes > end) {
            throw new DecodingException("the JPEG 2000 stream ends inside a marker segment");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (data[position++] & 0xFF);
        }
        return value;
    }

    int left() {
        return end - position;
    }

    int position() {
        return position;
    }
}
