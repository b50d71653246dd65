package org.patchlens.image.nifti;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;

/// Reads files in a virtual machine of its own with a heap of 256 MB and a deadline.
class NiftiMemoryTest {
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    /// Reads every file of the shared corpus, good or damaged; prints how many were images.
    static final class WholeCorpus {
        private WholeCorpus() {}

        public static void main(String[] arguments) {
            int images = 0;
            for (String file : arguments) {
                try (ImageFile image = new NiftiReader().open(Path.of(file), ImageLimits.DEFAULT)) {
                    for (int frame = 0; frame < image.frames(); frame++) {
                        image.read(frame);
                    }
                    images++;
                } catch (PatchlensException refused) {
                    System.out.println(refused.getMessage());
                }
            }
            System.out.println("images: " + images);
        }
    }

    /// Reads every slice of a volume of 480 MB in every plane; prints how many there were.
    static final class LargeVolume {
        private LargeVolume() {}

        public static void main(String[] arguments) {
            int slices = 0;
            for (Plane plane : Plane.values()) {
                try (ImageFile image = new NiftiReader()
                        .open(
                                Path.of(arguments[0]),
                                ImageLimits.DEFAULT,
                                VolumeChoice.FIRST,
                                SliceOptions.DEFAULT.withPlane(plane))) {
                    for (int frame = 0; frame < image.frames(); frame += plane == Plane.AXIAL ? 1 : 32) {
                        image.read(frame);
                        slices++;
                    }
                }
            }
            System.out.println("slices: " + slices);
        }
    }

    @Test
    void theWholeCorpusFitsIntoASmallHeap() throws IOException, InterruptedException {
        List<String> files = NiftiCorpus.entries().stream()
                .map(entry -> Shared.path("data/nifti/" + entry.name()).toString())
                .toList();

        assertThat(run(WholeCorpus.class, files)).contains("images: 49");
    }

    @Test
    void aVolumeLargerThanTheHeapIsReadSliceBySlice() throws IOException, InterruptedException {
        assertThat(run(LargeVolume.class, List.of(large().toString()))).contains("slices: 992");
    }

    /// 512 x 512 x 960 voxels of int16: 480 MB, beyond what is kept in memory and beyond the heap.
    private Path large() throws IOException {
        Path file = folder.resolve("large.nii.gz");
        byte[] slice = new byte[512 * 512 * 2];
        try (OutputStream stream = new BufferedOutputStream(fastest(Files.newOutputStream(file)))) {
            stream.write(
                    NiftiFile.version1().dim(3, 512, 512, 960).datatype(4, 16).headerBytes());
            for (int k = 0; k < 960; k++) {
                slice[k] = (byte) k;
                stream.write(slice);
            }
        }
        return file;
    }

    private static GZIPOutputStream fastest(OutputStream target) throws IOException {
        return new GZIPOutputStream(target) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    private String run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("within %d s", SECONDS)
                    .isTrue();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
