package org.patchlens.image.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.volume.Affine;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;

class NiftiReaderTest {
    private static final NiftiReader READER = new NiftiReader();

    @TempDir
    private Path folder;

    private static Volume volume(Path file) {
        return READER.volume(file, ImageLimits.DEFAULT, VolumeChoice.FIRST);
    }

    private static PixelImage axial(Path file, int index) {
        try (Volume volume = volume(file)) {
            return volume.slice(Plane.AXIAL, index);
        }
    }

    private static void refused(Path file, String part) {
        assertThatThrownBy(() -> axial(file, 0))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(part)
                .extracting(e -> ((PatchlensException) e).category())
                .isEqualTo(PatchlensException.Category.BAD_DATA);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bothVersionsInBothByteOrdersCompressedOrNotAreTheSameImage(int version) {
        NiftiFile little = version == 1 ? NiftiFile.version1() : NiftiFile.version2();
        byte[] expected = axial(little.write(folder), 1).bytes();

        assertThat(expected).containsExactly(11, 10, 9, 8, 7, 6);
        assertThat(axial(little.writeCompressed(folder), 1).bytes()).isEqualTo(expected);
        assertThat(axial(NiftiFile.bigEndian(version).write(folder), 1).bytes()).isEqualTo(expected);
        assertThat(axial(NiftiFile.bigEndian(version).writeCompressed(folder), 1)
                        .bytes())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void aPairIsOneImageWhicheverOfItsFilesIsNamed(String compression) {
        NiftiFile file = NiftiFile.version1().magic("ni1\0").voxelOffset(0);
        boolean compressed = !compression.isEmpty();
        Path header = folder.resolve("pair.hdr" + compression);
        Path voxels = folder.resolve("pair.img" + compression);
        NiftiFile.write(header, compressed ? NiftiFile.gzip(file.headerBytes()) : file.headerBytes());
        NiftiFile.write(voxels, compressed ? NiftiFile.gzip(NiftiFile.count(12)) : NiftiFile.count(12));

        assertThat(axial(header, 0).bytes()).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(axial(voxels, 0).bytes()).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(NiftiReader.isVoxelsOfPair(voxels)).isTrue();
        assertThat(NiftiReader.isVoxelsOfPair(header)).isFalse();
    }

    @Test
    void aPairWithoutItsOtherHalfIsRefused() {
        NiftiFile file = NiftiFile.version1().magic("ni1\0").voxelOffset(0);

        refused(NiftiFile.write(folder.resolve("a.hdr"), file.headerBytes()), "no .img file of the same name");
        refused(NiftiFile.write(folder.resolve("b.img"), NiftiFile.count(12)), "no .hdr file of the same name");
    }

    @Test
    void whatIsRecognizedIsSeenFromTheContent() {
        byte[] head = NiftiFile.version1().bytes();
        byte[] second = Arrays.copyOf(NiftiFile.version2().bytes(), 512);

        assertThat(READER.recognizes(head, "anything")).isTrue();
        assertThat(READER.recognizes(second, "anything")).isTrue();
        assertThat(READER.recognizes(NiftiFile.gzip(head), "anything")).isTrue();
        assertThat(READER.recognizes(new byte[512], "damaged.nii.gz")).isTrue();
        assertThat(READER.recognizes(new byte[512], "radiance.hdr")).isFalse();
        assertThat(READER.recognizes(NiftiFile.gzip(new byte[512]), "archive.gz"))
                .isFalse();
        assertThat(READER.recognizes(new byte[0], "nothing")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, -1024", "0.25, 3", "-1, 0"})
    void valuesAreScaled(float slope, float intercept) {
        PixelImage slice = axial(NiftiFile.version1().scaling(slope, intercept).write(folder), 0);

        assertThat(slice.floats())
                .containsExactly(
                        5 * slope + intercept,
                        4 * slope + intercept,
                        3 * slope + intercept,
                        2 * slope + intercept,
                        slope + intercept,
                        intercept);
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "NaN, 7", "Infinity, 7", "1, 0", "0, NaN"})
    void aSlopeThatIsNoneLeavesTheBytesAlone(double slope, double intercept) {
        assertThat(axial(NiftiFile.version1().scaling(slope, intercept).write(folder), 0)
                        .bytes())
                .containsExactly(5, 4, 3, 2, 1, 0);
    }

    @Test
    void aSlopeWithoutAnInterceptIsRefused() {
        refused(NiftiFile.version1().scaling(2, Double.NaN).write(folder), "the intercept is NaN");
    }

    @Test
    void theHeaderSaysWhatIsBlackAndWhite() {
        PixelImage slice = axial(NiftiFile.version1().display(2, 9).write(folder), 0);

        assertThat(slice.black()).isEqualTo(2);
        assertThat(slice.white()).isEqualTo(9);
    }

    @Test
    void elseThePercentilesOfTheVolumeAreBlackAndWhite() {
        PixelImage slice = axial(NiftiFile.version1().display(9, 2).write(folder), 0);

        // numpy.percentile(arange(12), [1, 99])
        assertThat(slice.black()).isEqualTo(0.11f);
        assertThat(slice.white()).isEqualTo(10.89f);
    }

    @Test
    void voxelsThatAreNotNumbersAreKeptAndDoNotCount() {
        NiftiFile file = NiftiFile.version1()
                .dim(3, 3, 2, 1)
                .floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 4, 5, 6);
        PixelImage slice = axial(file.write(folder), 0);

        assertThat(slice.floats())
                .containsExactly(6, 5, 4, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN);
        assertThat(slice.black()).isCloseTo(4.02f, within(1e-6f));
        assertThat(slice.white()).isCloseTo(5.98f, within(1e-6f));
    }

    @Test
    void sixteenBitVoxelsKeepTheirBits() {
        NiftiFile file = NiftiFile.bigEndian(1).dim(2, 3, 1).shorts(512, 1, 256, 65535);

        assertThat(axial(file.write(folder), 0).shorts()).containsExactly((short) 65535, (short) 256, (short) 1);
    }

    @Test
    void theOpacityOfAColourIsLeftOut() {
        NiftiFile file = NiftiFile.version1().dim(2, 2, 1).datatype(2304, 32).voxels(NiftiFile.count(8));
        PixelImage slice = axial(file.write(folder), 0);

        assertThat(slice.channels()).isEqualTo(3);
        assertThat(slice.bytes()).containsExactly(4, 5, 6, 0, 1, 2);
        assertThat(slice.white()).isEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 1", "3, 0.001", "0, 1"})
    void lengthsAreMillimetres(int unit, double millimetres) {
        try (Volume volume = volume(NiftiFile.version1()
                .units(unit)
                .sform(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 5)
                .write(folder))) {
            assertThat(volume.pixelSpacing(Plane.AXIAL)).isEqualTo(new PixelSpacing(3 * millimetres, 2 * millimetres));
            assertThat(volume.position(Plane.AXIAL, 1)).isCloseTo(9 * millimetres, within(1e-9));
        }
    }

    @Test
    void theQuaternionPlacesTheVoxels() {
        // b = 1: half a turn about the left-right axis; pixdim[0] < 0 turns the slices round again.
        try (Volume volume = volume(NiftiFile.version1()
                .qform(1, 0, 0, 10, 20, 30)
                .pixdim(0, -1)
                .pixdim(3, 2)
                .write(folder))) {
            assertThat(volume.order().code()).isEqualTo("RPS");
            assertThat(volume.affine().coordinate(1, 0, 1, 0)).isEqualTo(20);
            assertThat(volume.position(Plane.AXIAL, 1)).isEqualTo(32);
        }
    }

    @Test
    void theSformWinsUnlessItSpansNoVolume() {
        NiftiFile both = NiftiFile.version1().qform(0, 0, 0, 0, 0, 0).sform(0, 0, 5, 0, 5, 0, 0, 0, 0, 5, 0, 0);
        try (Volume volume = volume(both.codes(1, 1).write(folder))) {
            assertThat(volume.order().code()).isEqualTo("ASR");
        }
        NiftiFile flat = NiftiFile.version1().sform(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        try (Volume volume = volume(flat.codes(1, 1).write(folder))) {
            assertThat(volume.order().code()).isEqualTo("RAS");
        }
    }

    @Test
    void withoutEitherTheFirstAxisRunsToTheLeftAroundTheOrigin() {
        try (Volume volume =
                volume(NiftiFile.version1().codes(0, 0).pixdim(1, 4).write(folder))) {
            assertThat(volume.order().code()).isEqualTo("LAS");
            assertThat(volume.affine()).isEqualTo(new Affine(4, 0, 0, -4, 0, 1, 0, -0.5, 0, 0, 1, -0.5));
        }
    }

    @Test
    void aVolumeAndAChannelAreChosen() {
        Path file = NiftiFile.version1()
                .dim(5, 2, 1, 1, 3, 2)
                .voxels(NiftiFile.count(12))
                .pixdim(4, 2500)
                .units(2 + 16)
                .writeCompressed(folder);
        try (SlicedVolume slices =
                READER.open(file, ImageLimits.DEFAULT, new VolumeChoice(2, 1), SliceOptions.DEFAULT)) {
            assertThat(slices.read(0).bytes()).containsExactly(11, 10);
            assertThat(slices.metadata())
                    .containsEntry("volumes", "3")
                    .containsEntry("volume_index", "2")
                    .containsEntry("volume_step_s", "2.5")
                    .containsEntry("channels", "2")
                    .containsEntry("channel_index", "1");
        }
        assertThatThrownBy(() -> READER.volume(file, ImageLimits.DEFAULT, new VolumeChoice(3, 0)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("has 3 volumes, counted from 0");
        assertThatThrownBy(() -> READER.volume(file, ImageLimits.DEFAULT, new VolumeChoice(0, 2)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("has 2 channels, counted from 0");
    }

    /// |2 (3 + 4i) + 1| = |7 + 8i|, in either order of bytes and either precision.
    @ParameterizedTest
    @CsvSource({"32, false", "32, true", "1792, false", "1792, true"})
    void aComplexNumberIsShownByTheMagnitudeOfItsScaledValue(int code, boolean bigEndian) {
        ByteBuffer voxels = ByteBuffer.allocate(32).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double part : new double[] {3, 4, 0, 0}) {
            if (code == 32) {
                voxels.putFloat((float) part);
            } else {
                voxels.putDouble(part);
            }
        }
        int bytes = code == 32 ? 8 : 16;
        NiftiFile file = (bigEndian ? NiftiFile.bigEndian(1) : NiftiFile.version1())
                .dim(3, 2, 1, 1)
                .datatype(code, 8 * bytes)
                .scaling(2, 1)
                .voxels(Arrays.copyOf(voxels.array(), 2 * bytes));
        try (SlicedVolume slices =
                READER.open(file.write(folder), ImageLimits.DEFAULT, VolumeChoice.FIRST, SliceOptions.DEFAULT)) {
            PixelImage slice = slices.read(0);
            assertThat(List.of(slice.sample(0, 0, 0), slice.sample(1, 0, 0)))
                    .containsExactlyInAnyOrder((float) Math.sqrt(113), 1f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1536, float128", "2048, complex256", "1, single bits"})
    void aTypeThatIsNotReadIsRefusedByName(int code, String name) {
        refused(NiftiFile.version1().datatype(code, 64).write(folder), "the voxels are " + name);
    }

    @Test
    void impossibleSizesAreRefusedBeforeMemoryIsTaken() {
        refused(NiftiFile.version2().dim(3, 1L << 40, 2, 2).write(folder), "impossible size 1099511627776");
        refused(NiftiFile.version2().dim(3, 2, -2, 2).write(folder), "impossible size -2");
        refused(NiftiFile.version1().dim(9, 2, 2, 2).write(folder), "9 dimensions");
        refused(NiftiFile.version1().dim(6, 2, 2, 2, 1, 1, 2).write(folder), "at most 5 are read");
        refused(NiftiFile.version1().dim(1, 12).write(folder), "a list or a matrix");
        refused(NiftiFile.version2().intent(3001).write(folder), "a list or a matrix");
        long huge = Integer.MAX_VALUE;
        refused(NiftiFile.version2().dim(5, huge, huge, huge, huge, huge).write(folder), "bytes of voxels");
        refused(NiftiFile.version2().dim(3, huge, huge, 1).write(folder), "truncated");
    }

    @Test
    void voxelsInsideTheHeaderAreRefused() {
        refused(NiftiFile.version1().voxelOffset(348).write(folder), "cannot be; the first one is 352");
        refused(NiftiFile.version1().voxelOffset(Double.NaN).write(folder), "begin at byte NaN");
        refused(NiftiFile.version1().voxelOffset(-16).write(folder), "cannot be");
        refused(NiftiFile.version2().voxelOffset(Long.MAX_VALUE).write(folder), "cannot be");
        assertThat(axial(NiftiFile.version1().voxelOffset(0).write(folder), 0).bytes())
                .containsExactly(5, 4, 3, 2, 1, 0);
    }

    @Test
    void truncatedVoxelsAreRefused() {
        byte[] whole = NiftiFile.version1().bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);

        refused(NiftiFile.write(folder.resolve("cut.nii"), cut), "describes 364 bytes but the file has 363");
        refused(NiftiFile.write(folder.resolve("cut.nii.gz"), NiftiFile.gzip(cut)), "truncated");
    }

    @Test
    void aDamagedChecksumIsNoticed() {
        // Longer than a header, so that nobody meets the checksum while reading that.
        NiftiFile file = NiftiFile.version1().dim(3, 32, 32, 2).voxels(NiftiFile.count(2048));
        byte[] compressed = NiftiFile.gzip(file.bytes());
        compressed[compressed.length - 6] ^= 1;

        refused(NiftiFile.write(folder.resolve("damaged.nii.gz"), compressed), "the compressed data are damaged");
    }

    @Test
    void aBombIsRefusedByTheLimitOrByWhatFollowsItsVoxels() {
        byte[] bomb = Arrays.copyOf(NiftiFile.version1().bytes(), 20 << 20);
        Path file = NiftiFile.write(folder.resolve("bomb.nii.gz"), NiftiFile.gzip(bomb));
        refused(file, "more than 1048576 bytes follow the voxels");

        byte[] honest = Arrays.copyOf(NiftiFile.version1().dim(3, 2048, 2048, 5).bytes(), 352 + 2048 * 2048 * 5);
        Path large = NiftiFile.write(folder.resolve("large.nii.gz"), NiftiFile.gzip(honest));
        ImageLimits limits = new ImageLimits(20 << 20, 1 << 30, 100);
        assertThatThrownBy(() -> READER.open(large, limits))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("20971872 bytes after decompression, more than the limit of 20971520")
                .hasMessageContaining("--max-file-bytes");
    }

    @Test
    void aHeaderThatASmallCompressedFileCannotFillIsRefusedAtOnce() {
        refused(NiftiFile.version1().dim(3, 30000, 30000, 4).writeCompressed(folder), "cannot hold them");
    }

    @Test
    void sliceLimitsAreKept() {
        Path file = NiftiFile.version1().write(folder);
        assertThatThrownBy(() -> READER.open(file, new ImageLimits(1000, 5, 100)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("6 pixels, more than the limit of 5");
        assertThatThrownBy(() -> READER.open(file, new ImageLimits(1000, 100, 1)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("2 axial slices, more than the limit of 1");
    }

    @Test
    void whatIsNotNiftiIsSaid() {
        refused(folder.resolve("absent.nii"), "no such file");
        refused(NiftiFile.write(folder.resolve("empty.nii"), new byte[0]), "the file is empty");
        refused(NiftiFile.write(folder.resolve("text.nii"), new byte[1000]), "does not begin with a NIfTI header");
        refused(NiftiFile.version1().magic("abc\0").write(folder), "Analyze 7.5");
        byte[] half = Arrays.copyOf(NiftiFile.version2().bytes(), 400);
        refused(NiftiFile.write(folder.resolve("half.nii"), half), "ends after 400 bytes, within its header");
    }

    @Test
    void readersOfACompressedFileShareItsVoxels() throws IOException {
        Path file = NiftiFile.write(
                folder.resolve("shared.nii.gz"),
                NiftiFile.gzip(NiftiFile.version1().bytes()));
        NiftiReader reader = new NiftiReader();
        try (ImageFile first = reader.open(file, ImageLimits.DEFAULT)) {
            PixelImage expected = first.read(0);
            // Who opened it later would fail if it decompressed the file for itself.
            try (ImageFile second = reader.open(file, ImageLimits.DEFAULT)) {
                Files.write(file, new byte[] {0x1f, (byte) 0x8b});
                assertThat(second.read(0).bytes()).isEqualTo(expected.bytes());
            }
        }
    }
}
