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
    private final boolean fractional;
    private final List<DicomWriter> segments = new ArrayList<>();
    private final List<DicomWriter> places = new ArrayList<>();
    private final List<int[]> frames = new ArrayList<>();
    private String orientation = "1\\0\\0\\0\\1\\0";
    private int lostBytes;

    private SegmentationWriter(int side, boolean fractional) {
        this.side = side;
        this.fractional = fractional;
    }

    /// Frames of side x side bits.
    public static SegmentationWriter binary(int side) {
        return new SegmentationWriter(side, false);
    }

    /// Frames of side x side bytes, of which 100 is the largest.
    public static SegmentationWriter fractional(int side) {
        return new SegmentationWriter(side, true);
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
        int bits = fractional ? 8 : 1;
        byte[] pixels = pixels();
        DicomWriter shared = DicomWriter.item()
                .sequence(0x0020_9116, DicomWriter.item().text(0x0020_0037, "DS", orientation))
                .sequence(0x0028_9110, DicomWriter.item().text(0x0028_0030, "DS", "0.5\\0.5"));
        return Files.write(
                file,
                DicomWriter.file(DicomWriter.EXPLICIT)
                        .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.66.4")
                        .text(0x0008_0060, "CS", "SEG")
                        .image(side, side, "MONOCHROME2", 1)
                        .text(0x0028_0008, "IS", Integer.toString(frames.size()))
                        .bits(bits, bits, bits - 1, false)
                        .text(0x0062_0001, "CS", fractional ? "FRACTIONAL" : "BINARY")
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
        byte[] bytes = new byte[fractional ? count : (count + 7) / 8];
        BitSet bits = new BitSet();
        for (int i = 0; i < count; i++) {
            int value = frames.get(i / (side * side))[i % (side * side)];
            bits.set(i, value != 0);
            if (fractional) {
                bytes[i] = (byte) value;
            }
        }
        if (!fractional) {
            byte[] packed = bits.toByteArray();
            System.arraycopy(packed, 0, bytes, 0, packed.length);
        }
        return bytes;
    }
}
