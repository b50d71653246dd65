package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;

/// Damaged files end in an image or in one sentence, soon. `-Dpatchlens.fuzz=20000` asks for more cases than the
/// build does; every case is a seed, which a failure names.
class DicomFuzzTest {
    private static final int CASES = Integer.getInteger("patchlens.fuzz", 600);

    /// Far above what any case needs on a slow machine, far below a hang.
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    /// Larger files only make the test slower.
    private static final long LARGEST_SAMPLE = 260_000;

    @Test
    void aDamagedFileIsAnImageOrOneSentence(@TempDir Path folder) throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (Corpus.Case file : Corpus.files("good")) {
            if (Files.size(file.path()) < LARGEST_SAMPLE) {
                samples.add(Files.readAllBytes(file.path()));
            }
        }
        int read = 0;
        Duration slowest = Duration.ZERO;
        Path damaged = folder.resolve("damaged.dcm");
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Files.write(damaged, damage(samples.get(seed % samples.size()), random));
            long start = System.nanoTime();
            read += outcome(damaged, seed) ? 1 : 0;
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(taken).as("seed %s", seed).isLessThan(SLOWEST);
            slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
        }
        System.out.println("DICOM fuzz: " + CASES + " cases, " + read + " still images, slowest " + slowest);
        assertThat(read).isBetween(CASES / 20, CASES - 1);
    }

    private static byte[] damage(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        // The header, the whole file, or the first bytes of the pixels, where codecs have their tables.
        int pixels = pixels(bytes);
        int first = 0;
        int reach = bytes.length;
        switch (random.nextInt(4)) {
            case 0 -> reach = Math.min(bytes.length, 4096);
            case 1 -> first = 0;
            default -> {
                first = pixels;
                reach = Math.min(bytes.length, pixels + 700);
            }
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(first, reach)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> {
                for (int i = random.nextInt(16); i >= 0; i--) {
                    bytes[random.nextInt(first, reach)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 3 -> {
                int at = random.nextInt(first, reach);
                byte value = (byte) (random.nextBoolean() ? 0xFF : 0);
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), value);
            }
            default -> {
                int from = random.nextInt(first, reach);
                int length = Math.min(random.nextInt(64), bytes.length - from);
                int to = random.nextInt(bytes.length - length);
                System.arraycopy(bytes, from, bytes, to, length);
            }
        }
        return bytes;
    }

    /// Where the last element with pixels begins; 0 if there is none, or none in little endian.
    private static int pixels(byte[] bytes) {
        for (int at = bytes.length - 4; at > 0; at--) {
            if (bytes[at] == (byte) 0xE0 && bytes[at + 1] == 0x7F && bytes[at + 2] == 0x10 && bytes[at + 3] == 0) {
                return at;
            }
        }
        return 0;
    }

    private static boolean outcome(Path path, int seed) {
        try (DicomFile file = new DicomReader().open(path, ImageLimits.DEFAULT)) {
            for (int frame = 0; frame < Math.min(2, file.frames()); frame++) {
                PixelImage image = file.read(frame);
                assertThat(image.black()).as("seed %s", seed).isNotNaN().isNotEqualTo(image.white());
            }
            assertThat(file.metadata()).isNotNull();
            return true;
        } catch (PatchlensException e) {
            assertThat(e.getMessage())
                    .as("seed %s", seed)
                    .startsWith("[damaged.dcm] ")
                    .hasLineCount(1);
            return false;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }
}
