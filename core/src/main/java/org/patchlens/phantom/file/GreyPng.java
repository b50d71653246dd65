package org.patchlens.phantom.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Square grey pictures as PNG (ISO/IEC 15948), of 8 or 16 bits, each row stored as its differences to the row
/// above.
public final class GreyPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte UP = 2;
    private static final int EFFORT = 4;

    private GreyPng() {}

    /// A picture of 16 bits.
    ///
    /// @param values `size` x `size`, row by row, 0 to 65535 as unsigned numbers
    public static byte[] of16Bits(int size, short[] values) {
        byte[] bytes = new byte[2 * values.length];
        ByteBuffer.wrap(bytes).asShortBuffer().put(values);
        return encoded(size, 16, bytes);
    }

    /// A picture of 8 bits.
    ///
    /// @param values `size` x `size`, row by row
    public static byte[] of8Bits(int size, byte[] values) {
        return encoded(size, 8, values);
    }

    private static byte[] encoded(int size, int bits, byte[] samples) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(size)
                .putInt(size)
                .put((byte) bits)
                .put(new byte[4])
                .array();
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", compressed(filtered(samples, size * bits / 8)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] filtered(byte[] samples, int stride) {
        int rows = samples.length / stride;
        byte[] filtered = new byte[samples.length + rows];
        int to = 0;
        for (int row = 0; row < rows; row++) {
            filtered[to++] = UP;
            for (int i = row * stride; i < (row + 1) * stride; i++) {
                filtered[to++] = (byte) (samples[i] - (row == 0 ? 0 : samples[i - stride]));
            }
        }
        return filtered;
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(EFFORT);
                DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
