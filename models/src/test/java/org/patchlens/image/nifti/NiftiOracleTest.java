package org.patchlens.image.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SharedSpools;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;
import tools.jackson.databind.JsonNode;

/// Every file of the shared corpus against nibabel 5.4.2: `expected.json` beside the files for stored order and
/// statistics, `slices.json` (by `tools/reference/nifti_slices.py`) for the pictures in every plane.
class NiftiOracleTest {
    private static final NiftiReader READER = new NiftiReader();

    static List<NiftiCorpus.Entry> good() {
        return NiftiCorpus.entries().stream()
                .filter(entry -> entry.expected().equals("good") || entry.name().contains("complex"))
                .toList();
    }

    static List<NiftiCorpus.Entry> misnamed() {
        return NiftiCorpus.entries().stream()
                .filter(entry ->
                        entry.name().contains("plain_named") || entry.name().contains("gz_named"))
                .toList();
    }

    static List<NiftiCorpus.Entry> refused() {
        return NiftiCorpus.entries().stream()
                .filter(entry -> !good().contains(entry) && !misnamed().contains(entry))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodFileHasTheStatisticsOfNibabel(NiftiCorpus.Entry entry) {
        JsonNode expected = NiftiCorpus.expected().get(entry.name());
        Statistics all = new Statistics();
        JsonNode shape = expected.get("shape");
        int volumes = shape.size() > 3 ? shape.get(3).asInt() : 1;
        int channels = shape.size() > 4 ? shape.get(4).asInt() : 1;
        for (int volume = 0; volume < volumes; volume++) {
            for (int channel = 0; channel < channels; channel++) {
                add(entry, new VolumeChoice(volume, channel), all);
            }
        }
        all.agreesWith(expected.get("volume"), entry.name().contains("complex") ? 0x1p-22 : 0x1p-24);
    }

    private static void add(NiftiCorpus.Entry entry, VolumeChoice choice, Statistics all) {
        try (SlicedVolume slices = READER.open(entry.path(), ImageLimits.DEFAULT, choice, SliceOptions.DEFAULT)) {
            for (int frame = 0; frame < slices.frames(); frame++) {
                all.add(slices.read(frame));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodFileHasTheStoredVoxelsOfNibabel(NiftiCorpus.Entry entry) {
        JsonNode expected = NiftiCorpus.expected().get(entry.name());
        JsonNode probes = expected.path("probes_ijk");
        NiftiHeader header = NiftiReader.header(NiftiFiles.headerOf(entry.path()));
        NiftiBytes bytes = NiftiBytes.of(
                header.singleFile() ? entry.path() : NiftiFiles.voxelsOf(NiftiFiles.headerOf(entry.path())));
        try (NiftiVoxels voxels = new NiftiVoxels(header, bytes, header.voxelOffset(), new SharedSpools())) {
            for (String ijk : probes.propertyNames()) {
                List<Integer> index =
                        List.of(ijk.split(",")).stream().map(Integer::valueOf).toList();
                PixelImage plane = voxels.plane(2, index.size() > 2 ? index.get(2) : 0);
                double value = probes.get(ijk).asDouble();
                // One rounding from double to float: half a unit in the last place.
                assertThat((double) plane.sample(index.get(0), index.get(1), 0))
                        .isCloseTo(value, within(Math.abs(value) * 0x1p-24));
            }
            String sha256 = expected.path("mid_slice_sha256_float64le_ij").asString("");
            if (!sha256.isEmpty() && floatsHoldEveryValue(header)) {
                PixelImage plane = voxels.plane(2, header.extent().third() / 2);
                assertThat(sha256OfDoubles(plane)).isEqualTo(sha256);
            }
        }
    }

    /// Whether the values of the file are floats or integers below 2^24, so that the hash of the doubles must
    /// agree.
    private static boolean floatsHoldEveryValue(NiftiHeader header) {
        return header.scaling().equals(NiftiHeader.Scaling.NONE)
                && List.of(NiftiType.UINT8, NiftiType.INT8, NiftiType.UINT16, NiftiType.INT16, NiftiType.FLOAT32)
                        .contains(header.type());
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodFileShowsTheSlicesOfNibabelInEveryPlane(NiftiCorpus.Entry entry) {
        JsonNode golden = NiftiCorpus.golden("slices.json").get("files").get(entry.name());
        try (Volume volume = READER.volume(entry.path(), ImageLimits.DEFAULT, VolumeChoice.FIRST)) {
            assertThat(volume.order().code()).isEqualTo(golden.get("axcodes").asString());
            assertAffine(volume, golden.get("affine"));
            for (Plane plane : Plane.values()) {
                PixelImage slice = volume.slice(plane, volume.slices(plane) / 2);
                JsonNode expected = golden.get(plane.id());
                assertThat(slice.width()).isEqualTo(expected.get("width").asInt());
                assertThat(slice.height()).isEqualTo(expected.get("height").asInt());
                assertThat(sha256OfPicture(slice))
                        .as(plane.id())
                        .isEqualTo(expected.get("sha256").asString());
            }
        }
    }

    /// The header's numbers are floats; nibabel computes with doubles as we do, in another order.
    private static void assertAffine(Volume volume, JsonNode expected) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(volume.affine().element(row, column))
                        .isCloseTo(expected.get(row * 4 + column).asDouble(), within(1e-6));
            }
            assertThat(volume.affine().coordinate(row, 0, 0, 0))
                    .isCloseTo(expected.get(row * 4 + 3).asDouble(), within(1e-4));
        }
    }

    /// Prints what became of every file, and counts.
    @Test
    void everyFileOfTheCorpusIsAnImageOrOneSentence() {
        int images = 0;
        List<NiftiCorpus.Entry> entries = NiftiCorpus.entries();
        for (NiftiCorpus.Entry entry : entries) {
            String outcome = outcome(entry);
            images += outcome.startsWith("[") ? 0 : 1;
            System.out.println("| " + entry.name() + " | " + entry.expected() + " | " + outcome + " |");
        }
        assertThat(images).isEqualTo(good().size() + misnamed().size());
        assertThat(entries).hasSize(images + refused().size());
    }

    private static String outcome(NiftiCorpus.Entry entry) {
        try (SlicedVolume slices = (SlicedVolume) READER.open(entry.path(), ImageLimits.DEFAULT)) {
            PixelImage first = slices.read(0);
            return slices.format() + " " + slices.volume().order().code() + " " + slices.frames() + " slices of "
                    + first.width() + " x " + first.height() + " " + first.depth() + " x " + first.channels();
        } catch (PatchlensException e) {
            String message = String.valueOf(e.getMessage());
            return "[" + message.substring(message.indexOf("] ") + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aDamagedFileIsRefusedInOneSentence(NiftiCorpus.Entry entry) {
        assertThatThrownBy(() -> readAll(entry))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[")
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @MethodSource("misnamed")
    void aFileWhoseNameIsWrongAboutCompressionIsRead(NiftiCorpus.Entry entry) {
        readAll(entry);
    }

    private static void readAll(NiftiCorpus.Entry entry) {
        try (SlicedVolume slices =
                READER.open(entry.path(), ImageLimits.DEFAULT, VolumeChoice.FIRST, SliceOptions.DEFAULT)) {
            for (int frame = 0; frame < slices.frames(); frame++) {
                assertThat(slices.read(frame).width()).isPositive();
            }
        }
    }

    private static String sha256OfDoubles(PixelImage stored) {
        ByteBuffer bytes =
                ByteBuffer.allocate(stored.width() * stored.height() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < stored.width(); i++) {
            for (int j = 0; j < stored.height(); j++) {
                bytes.putDouble(stored.sample(i, j, 0));
            }
        }
        return sha256(bytes.array());
    }

    private static String sha256OfPicture(PixelImage picture) {
        if (picture.channels() == 3) {
            return sha256(picture.bytes());
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(picture.width() * picture.height() * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                bytes.putFloat(picture.sample(x, y, 0));
            }
        }
        return sha256(bytes.array());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// Minimum, maximum and mean of finite samples, and how many are not finite.
    private static final class Statistics {
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private double sum;
        private long count;
        private long notFinite;

        void add(PixelImage image) {
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    for (int channel = 0; channel < image.channels(); channel++) {
                        add(image.sample(x, y, channel));
                    }
                }
            }
        }

        private void add(double value) {
            count++;
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            } else {
                notFinite++;
            }
        }

        /// Values are rounded to floats, so a relative 2^-24 each; the mean of many sums to no more than that. The
        /// oracle took the magnitudes of complex numbers in single precision, which loses two bits of them.
        void agreesWith(JsonNode expected, double precision) {
            assertThat(notFinite).isEqualTo(expected.get("nonfinite").asLong());
            assertThat(least).isCloseTo(expected.get("min").asDouble(), within(Math.abs(least) * precision));
            if (notFinite == 0) {
                assertThat(most).isCloseTo(expected.get("max").asDouble(), within(Math.abs(most) * precision));
                double largest = Math.max(Math.abs(least), Math.abs(most));
                assertThat(sum / count).isCloseTo(expected.get("mean").asDouble(), within(largest * precision));
            }
        }
    }
}
