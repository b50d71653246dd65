package org.patchlens.image.dicom.dataset;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Raw deflate (RFC 1951) with a bound.
public final class Inflation {
    private Inflation() {}

    /// Unpacks until the end of the stream or of the input.
    ///
    /// @throws DataFormatException if the input is damaged or unpacks to more than `largest` bytes
    public static byte[] raw(byte[] packed, long largest) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.min(packed.length, 1 << 24));
            byte[] piece = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(piece);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                if (unpacked.size() + (long) count > largest) {
                    throw new DataFormatException("more than " + largest + " bytes");
                }
                unpacked.write(piece, 0, count);
            }
            return unpacked.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
