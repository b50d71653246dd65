package org.patchlens.image.dicom.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;

/// A DICOM file whose header was parsed (PS3.10 chapter 7): with or without preamble and meta information.
///
/// @param bytes of the file, or what a deflated file unpacks to
/// @param syntax how the pixels are written
/// @param dataSet the remembered elements
public record DicomSource(ByteSource bytes, TransferSyntax syntax, DataSet dataSet) implements AutoCloseable {
    private static final int PREAMBLE = 128;

    /// What a deflated file may unpack to: more than any real header and image of its size.
    private static final long INFLATED_FLOOR = 16L << 20;

    private static final long INFLATED_RATIO = 40;

    /// Opens and parses.
    public static DicomSource open(Path file, ImageLimits limits) {
        ByteSource bytes = ByteSource.open(file, limits.fileBytes());
        boolean opened = false;
        try {
            DicomSource source = parse(bytes);
            opened = true;
            return source;
        } finally {
            if (!opened) {
                bytes.close();
            }
        }
    }

    /// Whether the first bytes of a file are those of a DICOM file.
    public static boolean recognizes(byte[] head) {
        if (head.length >= PREAMBLE + 4 && new String(head, PREAMBLE, 4, StandardCharsets.ISO_8859_1).equals("DICM")) {
            return true;
        }
        return head.length >= 8 && startsLikeElements(head);
    }

    /// Without a preamble a file starts with an element of group 0002 or 0008 with a small length.
    private static boolean startsLikeElements(byte[] head) {
        int first = (head[0] & 0xFF) | (head[1] & 0xFF) << 8;
        boolean little = first == 0x0002 || first == 0x0008;
        boolean big = first == 0x0800;
        if (DataSetParser.isLetter(head[4]) && DataSetParser.isLetter(head[5])) {
            return little || big;
        }
        return little && head[6] == 0 && head[7] == 0;
    }

    private static DicomSource parse(ByteSource bytes) {
        if (bytes.length() == 0) {
            throw PatchlensException.badData(bytes.subject(), "The file is empty", "");
        }
        byte[] head = bytes.bytes(0, Math.min(bytes.length(), 512));
        if (!recognizes(head)) {
            throw PatchlensException.badData(
                    bytes.subject(),
                    "This is not a DICOM file: neither the letters DICM at byte 128 nor a first element are there",
                    "Check what the file is; a wrong name ending is common.");
        }
        boolean preamble = head.length >= PREAMBLE + 4 && head[PREAMBLE] == 'D' && head[PREAMBLE + 1] == 'I';
        DataSetParser parser = new DataSetParser(bytes);
        DataSet meta = new DataSet(bytes);
        long start = parser.parseMeta(preamble ? PREAMBLE + 4 : 0, meta);
        if (start == bytes.length()) {
            throw PatchlensException.badData(bytes.subject(), "The file ends before its data set", "It is truncated.");
        }
        return parseDataSet(bytes, parser, start, syntax(bytes, meta, start));
    }

    private static DicomSource parseDataSet(ByteSource bytes, DataSetParser parser, long start, TransferSyntax syntax) {
        DataSetParser.Encoding encoding = new DataSetParser.Encoding(syntax.implicit(), syntax.bigEndian());
        if (syntax != TransferSyntax.DEFLATED) {
            return new DicomSource(bytes, syntax, parser.parse(start, encoding));
        }
        ByteSource inflated = ByteSource.of(bytes.subject(), inflate(bytes, start));
        DataSet set = new DataSetParser(inflated).parse(0, encoding);
        bytes.close();
        return new DicomSource(inflated, syntax, set);
    }

    private static TransferSyntax syntax(ByteSource bytes, DataSet meta, long start) {
        String uid = meta.text(Tag.TRANSFER_SYNTAX_UID).orElse("");
        if (uid.isEmpty()) {
            return guess(bytes, start);
        }
        return TransferSyntax.find(uid)
                .orElseThrow(() -> PatchlensException.badData(
                        bytes.subject(),
                        "The transfer syntax "
                                + (uid.length() <= 64 && uid.matches("[0-9.]+") ? uid : "in the file")
                                + " is not one of the standard",
                        "Convert the file to Explicit VR Little Endian with the software that wrote it."));
    }

    /// The only files without a transfer syntax are older than the meta information or damaged.
    private static TransferSyntax guess(ByteSource bytes, long start) {
        if (bytes.length() - start < 8) {
            return TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
        }
        boolean letters = DataSetParser.isLetter(bytes.u8(start + 4)) && DataSetParser.isLetter(bytes.u8(start + 5));
        if (!letters) {
            return TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
        }
        boolean big = bytes.u8(start) == 0 && bytes.u8(start + 1) != 0;
        return big ? TransferSyntax.EXPLICIT_BIG_ENDIAN : TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
    }

    private static byte[] inflate(ByteSource bytes, long start) {
        byte[] packed = bytes.bytes(start, bytes.length() - start);
        long largest = Math.min(Integer.MAX_VALUE - 16, INFLATED_FLOOR + INFLATED_RATIO * packed.length);
        try {
            return Inflation.raw(packed, largest);
        } catch (DataFormatException e) {
            throw PatchlensException.badData(
                            bytes.subject(), "The deflated data set is damaged", "Copy the file again from its source.")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
