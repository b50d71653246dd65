package org.patchlens.image.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// Writes small DICOM files in Explicit VR Little Endian, element by element in the order of the calls.
final class DicomWriter {
    static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// A file that starts with a preamble and meta information.
    static DicomWriter file(String transferSyntax) {
        DicomWriter writer = new DicomWriter();
        writer.bytes.writeBytes(new byte[128]);
        writer.bytes.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        return writer.text(0x0002_0010, "UI", transferSyntax);
    }

    /// The elements of an item, or of a file without preamble.
    static DicomWriter item() {
        return new DicomWriter();
    }

    /// A grey image of whole numbers.
    static DicomWriter grey(int columns, int rows, int allocated, int stored, boolean signed) {
        return file(EXPLICIT).image(columns, rows, "MONOCHROME2", 1).bits(allocated, stored, stored - 1, signed);
    }

    DicomWriter image(int columns, int rows, String photometric, int samples) {
        return number(0x0028_0002, samples)
                .text(0x0028_0004, "CS", photometric)
                .number(0x0028_0010, rows)
                .number(0x0028_0011, columns);
    }

    DicomWriter bits(int allocated, int stored, int high, boolean signed) {
        return number(0x0028_0100, allocated)
                .number(0x0028_0101, stored)
                .number(0x0028_0102, high)
                .number(0x0028_0103, signed ? 1 : 0);
    }

    DicomWriter text(int tag, String representation, String value) {
        byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
        byte[] even = Arrays.copyOf(text, text.length + text.length % 2);
        if (even.length > text.length && !representation.equals("UI")) {
            even[text.length] = ' ';
        }
        return value(tag, representation, even);
    }

    DicomWriter number(int tag, int value) {
        return value(tag, "US", shorts(value));
    }

    DicomWriter value(int tag, String representation, byte[] value) {
        header(tag, representation, value.length);
        bytes.writeBytes(value);
        return this;
    }

    /// A sequence of items of known length.
    DicomWriter sequence(int tag, DicomWriter... items) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (DicomWriter item : items) {
            content.writeBytes(tag(0xFFFE_E000));
            content.writeBytes(ints(item.bytes.size()));
            content.writeBytes(item.bytes.toByteArray());
        }
        return value(tag, "SQ", content.toByteArray());
    }

    /// Encapsulated pixels: an offset table and pieces.
    DicomWriter pieces(byte[] offsetTable, byte[]... pieces) {
        header(0x7FE0_0010, "OB", -1);
        piece(offsetTable);
        for (byte[] piece : pieces) {
            piece(piece);
        }
        bytes.writeBytes(tag(0xFFFE_E0DD));
        bytes.writeBytes(ints(0));
        return this;
    }

    private void piece(byte[] piece) {
        bytes.writeBytes(tag(0xFFFE_E000));
        bytes.writeBytes(ints(piece.length));
        bytes.writeBytes(piece);
    }

    DicomWriter pixels(byte[] value) {
        return value(0x7FE0_0010, "OW", value);
    }

    private void header(int tag, String representation, int length) {
        bytes.writeBytes(tag(tag));
        bytes.writeBytes(representation.getBytes(StandardCharsets.US_ASCII));
        if (LONG_FORM.contains(representation)) {
            bytes.writeBytes(shorts(0));
            bytes.writeBytes(ints(length));
        } else {
            bytes.writeBytes(shorts(length));
        }
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    Path write(Path folder, String name) throws IOException {
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    static byte[] shorts(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return buffer.array();
    }

    static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        return buffer.array();
    }

    private static byte[] tag(int tag) {
        return shorts(tag >>> 16, tag & 0xFFFF);
    }
}
