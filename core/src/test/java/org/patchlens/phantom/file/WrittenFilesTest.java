package org.patchlens.phantom.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchlens.tensor.Golden;
import tools.jackson.databind.JsonNode;

/// What nibabel and Pillow read from the files of phantoms: `read.json`, by `tools/reference/phantom_files.py`.
///
/// The script reads the files that this test leaves in `target/phantom-files`; the golden file names the content
/// of the volumes, so that a change of their writer is seen here and the script is run again.
class WrittenFilesTest {
    private static final Path FOLDER = Path.of("target", "phantom-files");
    private static final JsonNode READ = Golden.json(WrittenFilesTest.class, "read.json");
    private static final int SIZE = 5;
    private static final int SLICES = 3;
    private static final NiftiFile.Extent EXTENT = new NiftiFile.Extent(SIZE, SLICES, 0.75, 2.5, -140);

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectories(FOLDER);
        try (NiftiFile image = NiftiFile.of16Bits(FOLDER.resolve("image.nii.gz"), EXTENT);
                NiftiFile mask = NiftiFile.of8Bits(FOLDER.resolve("mask.nii.gz"), EXTENT)) {
            for (int slice = 0; slice < SLICES; slice++) {
                image.add(hounsfield(slice));
                mask.add(labels(slice));
            }
        }
        Files.write(FOLDER.resolve("image.png"), GreyPng.of16Bits(SIZE, shifted(hounsfield(1))));
        Files.write(FOLDER.resolve("mask.png"), GreyPng.of8Bits(SIZE, labels(1)));
    }

    /// From the lowest to the highest that a scanner tells.
    private static short[] hounsfield(int slice) {
        short[] values = new short[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (-1024 + (slice * values.length + i) * 4095 / (SLICES * values.length - 1));
        }
        return values;
    }

    private static short[] shifted(short[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (values[i] + 40_000);
        }
        return values;
    }

    private static byte[] labels(int slice) {
        byte[] labels = new byte[SIZE * SIZE];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (slice * labels.length + i * 7);
        }
        return labels;
    }

    private static List<Integer> numbers(JsonNode values) {
        List<Integer> numbers = new ArrayList<>();
        values.forEach(value -> numbers.add(value.intValue()));
        return numbers;
    }

    private static List<Double> fractions(JsonNode values) {
        List<Double> fractions = new ArrayList<>();
        values.forEach(value -> fractions.add(value.doubleValue()));
        return fractions;
    }

    @Test
    void theVolumesAreThoseThatItRead() throws IOException {
        for (String name : List.of("image.nii.gz", "mask.nii.gz")) {
            assertThat(content(FOLDER.resolve(name)))
                    .as(name + " changed: run tools/reference/phantom_files.py again")
                    .isEqualTo(READ.get(name).get("sha256").asString());
        }
    }

    /// Of the bytes inside the compression, which differs from one zlib to the next.
    private static String content(Path file) throws IOException {
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(bytes.readAllBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nibabelFindsEveryVoxelWhereItWasPut() {
        List<Integer> hounsfield = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            for (short value : hounsfield(slice)) {
                hounsfield.add((int) value);
            }
            for (byte label : labels(slice)) {
                labels.add(Byte.toUnsignedInt(label));
            }
        }
        assertThat(numbers(READ.get("image.nii.gz").get("values"))).isEqualTo(hounsfield);
        assertThat(numbers(READ.get("mask.nii.gz").get("values"))).isEqualTo(labels);
        assertThat(READ.get("image.nii.gz").get("type").asString()).isEqualTo("int16");
        assertThat(READ.get("mask.nii.gz").get("type").asString()).isEqualTo("uint8");
    }

    /// Columns run to the left, rows to the back, slices to the head; millimetres, and the middle of the grid is
    /// the origin.
    @Test
    void nibabelFindsWhereTheVolumeLies() {
        for (String name : List.of("image.nii.gz", "mask.nii.gz")) {
            JsonNode read = READ.get(name);
            assertThat(numbers(read.get("shape"))).containsExactly(SIZE, SIZE, SLICES);
            assertThat(fractions(read.get("zooms"))).containsExactly(0.75, 0.75, 2.5);
            assertThat(read.get("units").asString()).isEqualTo("mm");
            assertThat(read.get("axes").asString()).isEqualTo("LPS");
            assertThat(fractions(read.get("affine")))
                    .containsExactly(-0.75, 0.0, 0.0, 1.5, 0.0, -0.75, 0.0, 1.5, 0.0, 0.0, 2.5, -140.0);
        }
    }

    @Test
    void pillowFindsEveryPixelWhereItWasPut() {
        List<Integer> hounsfield = new ArrayList<>();
        for (short value : shifted(hounsfield(1))) {
            hounsfield.add(Short.toUnsignedInt(value));
        }
        assertThat(numbers(READ.get("image.png").get("values"))).isEqualTo(hounsfield);
        List<Integer> labels = new ArrayList<>();
        for (byte label : labels(1)) {
            labels.add(Byte.toUnsignedInt(label));
        }
        assertThat(numbers(READ.get("mask.png").get("values"))).isEqualTo(labels);
    }
}
