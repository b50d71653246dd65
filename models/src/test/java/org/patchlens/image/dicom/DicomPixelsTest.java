package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;

/// What stored numbers become, on files of a few pixels whose result can be told by hand.
class DicomPixelsTest {
    @TempDir
    private Path folder;

    private PixelImage read(DicomWriter writer) throws IOException {
        return read(writer, 0);
    }

    private PixelImage read(DicomWriter writer, int frame) throws IOException {
        try (DicomFile file = new DicomReader().open(writer.write(folder, "file.dcm"), ImageLimits.DEFAULT)) {
            return file.read(frame);
        }
    }

    @Test
    void signedNumbersBecomeHounsfieldUnits() throws IOException {
        PixelImage image = read(DicomWriter.grey(3, 1, 16, 16, true)
                .text(0x0028_1052, "DS", "-1024")
                .text(0x0028_1053, "DS", "2")
                .pixels(DicomWriter.shorts(-1, 0, 1024)));
        assertThat(image.depth()).isEqualTo(PixelImage.Depth.F32);
        assertThat(image.floats()).containsExactly(-1026, -1024, 1024);
    }

    @Test
    void unsignedNumbersWithoutRescaleStayWhatTheyAre() throws IOException {
        PixelImage image = read(DicomWriter.grey(2, 1, 16, 16, false).pixels(DicomWriter.shorts(0, 65535)));
        assertThat(image.depth()).isEqualTo(PixelImage.Depth.U16);
        assertThat(image.sample(1, 0, 0)).isEqualTo(65535);
    }

    @Test
    void bitsAboveTheHighBitAreOverlaysAndMasked() throws IOException {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT)
                .image(2, 1, "MONOCHROME2", 1)
                .bits(16, 10, 11, true)
                // 10 bits from bit 2 to 11: -1 and 511, with rubbish above and below.
                .pixels(DicomWriter.shorts(0xFFFF, 0x17FD));
        assertThat(read(writer).floats()).containsExactly(-1, 511);
    }

    @Test
    void theFirstWindowIsShownAndAllAreListed() throws IOException {
        DicomWriter writer = DicomWriter.grey(2, 1, 16, 16, false)
                .text(0x0028_1050, "DS", "40\\-600")
                .text(0x0028_1051, "DS", "401\\1500")
                .pixels(DicomWriter.shorts(0, 1));
        PixelImage image = read(writer);
        // PS3.3 C.11.2.1.2.1: from c - 0.5 - (w - 1) / 2 to c - 0.5 + (w - 1) / 2.
        assertThat(image.black()).isEqualTo(-160.5f);
        assertThat(image.white()).isEqualTo(239.5f);
        try (DicomFile file = new DicomReader().open(folder.resolve("file.dcm"), ImageLimits.DEFAULT)) {
            assertThat(file.metadata()).containsEntry("windows", "40/401 -600/1500");
        }
    }

    @Test
    void monochrome1IsShownInverted() throws IOException {
        PixelImage image = read(DicomWriter.file(DicomWriter.EXPLICIT)
                .image(2, 1, "MONOCHROME1", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[] {10, 20}));
        assertThat(image.black()).isEqualTo(19.9f);
        assertThat(image.white()).isEqualTo(10.1f);
        assertThat(image.bytes()).containsExactly(10, 20);
    }

    @Test
    void withoutAWindowPercentilesOfWhatIsNotPaddingAreShown() throws IOException {
        int[] values = new int[202];
        for (int i = 0; i < 101; i++) {
            values[i] = 1000 + i;
            values[101 + i] = 5000 + i % 3;
        }
        DicomWriter writer = DicomWriter.grey(202, 1, 16, 16, false)
                .number(0x0028_0120, 5000)
                .number(0x0028_0121, 5002)
                .pixels(DicomWriter.shorts(values));
        PixelImage image = read(writer);
        // Of 101 values the percentiles 1 and 99 are the second and the last but one.
        assertThat(image.black()).isEqualTo(1001);
        assertThat(image.white()).isEqualTo(1099);
    }

    @Test
    void aWindowWithoutWidthIsNoWindow() throws IOException {
        PixelImage image = read(DicomWriter.grey(2, 1, 8, 8, false)
                .text(0x0028_1050, "DS", "40")
                .text(0x0028_1051, "DS", "0")
                .value(0x7FE0_0010, "OB", new byte[] {3, 9}));
        // The percentiles 1 and 99 of the two.
        assertThat(image.black()).isEqualTo(3.06f);
        assertThat(image.white()).isEqualTo(8.94f);
    }

    @Test
    void aVoiTableHasAStraightLineOverTheRangeWhereItRises() throws IOException {
        DicomWriter table = DicomWriter.item()
                .value(0x0028_3002, "US", DicomWriter.shorts(6, 100, 16))
                .value(0x0028_3006, "US", DicomWriter.shorts(0, 0, 10, 200, 255, 255));
        PixelImage image = read(DicomWriter.grey(2, 1, 16, 16, false)
                .sequence(0x0028_3010, table)
                .pixels(DicomWriter.shorts(0, 1)));
        assertThat(image.black()).isEqualTo(101);
        assertThat(image.white()).isEqualTo(104);
    }

    @Test
    void aSegmentedPaletteIsExpanded() throws IOException {
        // Two entries as they are, then a line of three up to 30: 10, 20, 23, 27, 30.
        byte[] segments = DicomWriter.shorts(0, 2, 10, 20, 1, 3, 30);
        byte[] descriptor = DicomWriter.shorts(5, 0, 16);
        PixelImage image = read(DicomWriter.file(DicomWriter.EXPLICIT)
                .image(5, 1, "PALETTE COLOR", 1)
                .bits(8, 8, 7, false)
                .value(0x0028_1101, "US", descriptor)
                .value(0x0028_1102, "US", descriptor)
                .value(0x0028_1103, "US", descriptor)
                .value(0x0028_1221, "OW", segments)
                .value(0x0028_1222, "OW", segments)
                .value(0x0028_1223, "OW", segments)
                .value(0x7FE0_0010, "OB", new byte[] {0, 1, 2, 3, 9, 0}));
        assertThat(image.channels()).isEqualTo(3);
        assertThat(new float[] {
                    image.sample(0, 0, 0), image.sample(2, 0, 1), image.sample(3, 0, 2), image.sample(4, 0, 0)
                })
                .containsExactly(10, 23, 27, 30);
    }

    @Test
    void singleBitsOfSeveralFramesAreNotAlignedToBytes() throws IOException {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT)
                .image(3, 1, "MONOCHROME2", 1)
                .bits(1, 1, 0, false)
                .text(0x0028_0008, "IS", "3")
                // Frames 101, 011, 100 from the lowest bit on.
                .value(0x7FE0_0010, "OB", new byte[] {(byte) 0b01_110_101, 0});
        assertThat(read(writer, 0).bytes()).containsExactly(1, 0, 1);
        assertThat(read(writer, 1).bytes()).containsExactly(0, 1, 1);
        assertThat(read(writer, 2).bytes()).containsExactly(1, 0, 0);
        assertThat(read(writer, 2).white()).isEqualTo(1);
    }

    @Test
    void doublesBecomeFloatsAndNotANumberIsNotShown() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putDouble(-1.5).putDouble(Double.NaN).putDouble(1e6);
        PixelImage image = read(DicomWriter.file(DicomWriter.EXPLICIT)
                .image(3, 1, "MONOCHROME2", 1)
                .number(0x0028_0100, 64)
                .value(0x7FE0_0009, "OD", bytes.array()));
        assertThat(image.floats()).containsExactly(-1.5f, Float.NaN, 1e6f);
        // The percentile 1 of the two numbers, as numpy interpolates it.
        assertThat(image.black()).isEqualTo(9998.515f);
    }

    @Test
    void functionalGroupsOfAFrameComeBeforeSharedOnes() throws IOException {
        DicomWriter shared = DicomWriter.item()
                .sequence(
                        0x0028_9110,
                        DicomWriter.item().text(0x0018_0050, "DS", "3").text(0x0028_0030, "DS", "0.5\\0.25"))
                .sequence(0x0028_9145, rescale("-1000"));
        DicomWriter first = DicomWriter.item().sequence(0x0020_9113, position("0\\0\\7"));
        DicomWriter second = DicomWriter.item()
                .sequence(0x0028_9145, rescale("-2000"))
                .sequence(
                        0x0028_9132,
                        DicomWriter.item().text(0x0028_1050, "DS", "0.5").text(0x0028_1051, "DS", "101"));
        DicomWriter writer = DicomWriter.grey(1, 1, 16, 16, false)
                .text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
                .text(0x0028_0008, "IS", "2")
                .sequence(0x5200_9229, shared)
                .sequence(0x5200_9230, first, second)
                .pixels(DicomWriter.shorts(1, 1));
        assertThat(read(writer, 0).floats()).containsExactly(-999);
        assertThat(read(writer, 1).floats()).containsExactly(-1999);
        assertThat(read(writer, 1).white()).isEqualTo(50);
        assertThat(read(writer, 1).spacing()).contains(new PixelSpacing(0.5, 0.25));
        try (DicomFile file = new DicomReader().open(folder.resolve("file.dcm"), ImageLimits.DEFAULT)) {
            assertThat(file.geometry(0).position().orElseThrow().corner()).isEqualTo(new Vector3(0, 0, 7));
            assertThat(file.geometry(1).position()).isEmpty();
            assertThat(file.geometry(1).sliceThickness()).hasValue(3);
        }
    }

    private static DicomWriter rescale(String intercept) {
        return DicomWriter.item().text(0x0028_1052, "DS", intercept).text(0x0028_1053, "DS", "1");
    }

    private static DicomWriter position(String corner) {
        return DicomWriter.item().text(0x0020_0032, "DS", corner);
    }

    @Test
    void spacingOnADetectorIsCorrectedByTheMagnification() throws IOException {
        DicomWriter writer = DicomWriter.grey(1, 1, 8, 8, false)
                .text(0x0018_1114, "DS", "2")
                .text(0x0018_1164, "DS", "0.2\\0.2")
                .value(0x7FE0_0010, "OB", new byte[] {1, 0});
        assertThat(read(writer).spacing()).contains(new PixelSpacing(0.1, 0.1));
    }

    @Test
    void piecesOfFramesAreFoundByTheOffsetTable() throws IOException {
        // Two frames of run-length data, each cut in two pieces; 64 bytes of header, then one literal run.
        byte[] table = DicomWriter.ints(0, 8 + 64 + 8 + 4);
        DicomWriter writer = DicomWriter.file("1.2.840.10008.1.2.5")
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .text(0x0028_0008, "IS", "2")
                .pieces(table, runLengthHeader(), new byte[] {1, 5, 6, 0}, runLengthHeader(), new byte[] {-1, 9, -128, 0
                });
        assertThat(read(writer, 0).bytes()).containsExactly(5, 6);
        assertThat(read(writer, 1).bytes()).containsExactly(9, 9);
    }

    @Test
    void bytesAfterAnUncompressedFrameInAPieceArePadding() throws IOException {
        PixelImage image = read(DicomWriter.file("1.2.840.10008.1.2.1.98")
                .image(3, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .pieces(new byte[0], new byte[] {1, 2, 3, 0}));
        assertThat(image.bytes()).containsExactly(1, 2, 3);
    }

    private static byte[] runLengthHeader() {
        byte[] header = new byte[64];
        header[0] = 1;
        header[4] = 64;
        return header;
    }

    @Test
    void videoIsRefusedByName() throws IOException {
        Path file = DicomWriter.file("1.2.840.10008.1.2.4.102")
                .image(2, 1, "YBR_PARTIAL_420", 3)
                .bits(8, 8, 7, false)
                .pieces(new byte[0], new byte[4])
                .write(folder, "video.dcm");
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(
                        () -> new DicomReader().open(file, ImageLimits.DEFAULT).close())
                .withMessageContaining("MPEG-4 AVC/H.264 High Profile")
                .withMessageContaining("not supported");
    }

    @Test
    void aBombOfEqualBytesIsRefused() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        packed.writeBytes(DicomWriter.file("1.2.840.10008.1.2.1.99").toBytes());
        try (var deflater = new java.util.zip.DeflaterOutputStream(packed, new java.util.zip.Deflater(9, true))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                deflater.write(zeros);
            }
        }
        Path file = java.nio.file.Files.write(folder.resolve("bomb.dcm"), packed.toByteArray());
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(
                        () -> new DicomReader().open(file, ImageLimits.DEFAULT).close())
                .withMessageContaining("deflated");
    }
}
