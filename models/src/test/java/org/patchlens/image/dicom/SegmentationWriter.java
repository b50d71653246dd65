package org.patchlens.image.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Writes small DICOM segmentations of axial slices, frame by frame in the order of the calls.
public final class SegmentationWriter {
    private final int side;
    private final String type;
    private final List<DicomWriter> segments = new ArrayList<>();
    private final List<DicomWriter> places = new ArrayList<>();
    private final List<int[]> frames = new ArrayList<>();
    private String orientation = "1\\0\\0\\0\\1\\0";
    private int lostBytes;
    private int background;

    private SegmentationWriter(int side, String type) {
        this.side = side;
        this.type = type;
    }

    /// Frames of side x side bits.
    public static SegmentationWriter binary(int side) {
        return new SegmentationWriter(side, "BINARY");
    }

    /// Frames of side x side bytes, of which 100 is the largest.
    public static SegmentationWriter fractional(int side) {
        return new SegmentationWriter(side, "FRACTIONAL");
    }

    /// Frames of side x side bytes, each the number of a segment.
    ///
    /// @param background the number of none
    public static SegmentationWriter labelMap(int side, int background) {
        SegmentationWriter writer = new SegmentationWriter(side, "LABELMAP");
        writer.background = background;
        return writer;
    }

    public SegmentationWriter orientation(String newOrientation) {
        orientation = newOrientation;
        return this;
    }

    public SegmentationWriter truncated(int bytes) {
        lostBytes = bytes;
        return this;
    }

    public SegmentationWriter segment(int number, String label) {
        segments.add(DicomWriter.item().number(0x0062_0004, number).text(0x0062_0005, "LO", label));
        return this;
    }

    /// A frame.
    ///
    /// @param corner of the frame, as the header has it
    /// @param values of the pixels, row by row
    public SegmentationWriter frame(int segment, String corner, int... values) {
        places.add(DicomWriter.item()
                .sequence(0x0020_9113, DicomWriter.item().text(0x0020_0032, "DS", corner))
                .sequence(0x0062_000A, DicomWriter.item().number(0x0062_000B, segment)));
        frames.add(values);
        return this;
    }

    /// A frame of one value.
    public SegmentationWriter full(int segment, String corner, int value) {
        int[] values = new int[side * side];
        Arrays.fill(values, value);
        return frame(segment, corner, values);
    }

    public Path write(Path file) throws IOException {
        int bits = type.equals("BINARY") ? 1 : 8;
        byte[] pixels = pixels();
        DicomWriter shared = DicomWriter.item()
                .sequence(0x0020_9116, DicomWriter.item().text(0x0020_0037, "DS", orientation))
                .sequence(0x0028_9110, DicomWriter.item().text(0x0028_0030, "DS", "0.5\\0.5"));
        return Files.write(
                file,
                DicomWriter.file(DicomWriter.EXPLICIT)
                        .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.66." + (type.equals("LABELMAP") ? 7 : 4))
                        .text(0x0008_0060, "CS", "SEG")
                        .image(side, side, "MONOCHROME2", 1)
                        .text(0x0028_0008, "IS", Integer.toString(frames.size()))
                        .bits(bits, bits, bits - 1, false)
                        .number(0x0028_0120, background)
                        .text(0x0062_0001, "CS", type)
                        .sequence(0x0062_0002, segments.toArray(DicomWriter[]::new))
                        .number(0x0062_000E, 100)
                        .sequence(0x5200_9229, shared)
                        .sequence(0x5200_9230, places.toArray(DicomWriter[]::new))
                        .pixels(Arrays.copyOf(pixels, pixels.length - lostBytes))
                        .toBytes());
    }

    /// Frames of bits follow one another without padding (PS3.5 8.1.1), the first pixel in the lowest bit.
    private byte[] pixels() {
        int count = frames.size() * side * side;
        byte[] bytes = new byte[type.equals("BINARY") ? (count + 7) / 8 : count];
        BitSet bits = new BitSet();
        for (int i = 0; i < count; i++) {
            int value = frames.get(i / (side * side))[i % (side * side)];
            bits.set(i, value != 0);
            if (!type.equals("BINARY")) {
                bytes[i] = (byte) value;
            }
        }
        if (type.equals("BINARY")) {
            byte[] packed = bits.toByteArray();
            System.arraycopy(packed, 0, bytes, 0, packed.length);
        }
        return bytes;
    }
}
