package org.patchlens.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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

/// What every [ImageReader] keeps: it knows its own files and no others, damage and lies become one clear
/// sentence, limits hold, and one frame does not disturb another.
public interface ImageReaderContract {
    /// How many damaged copies of its samples the reader gets; the nightly profile asks for tens of thousands.
    int MUTATIONS = Integer.getInteger("patchlens.fuzz", 600);

    /// The most CPU time that one damaged file of a few kilobytes may take.
    Duration SLOWEST = Duration.ofSeconds(10);

    /// What damaged files may ask for: small enough that a lie in a header shows.
    ImageLimits MODEST = new ImageLimits(64 << 20, 16 << 20, 2000);

    /// The reader under test.
    ImageReader reader();

    /// Files of its format, small, at least one of them with several frames if the format has frames. They may be
    /// written into the folder.
    List<Path> samples(Path folder) throws IOException;

    @Test
    default void itRecognizesItsOwnFilesByContent(@TempDir Path folder) throws IOException {
        for (Path sample : samples(folder)) {
            assertThat(reader().recognizes(
                                    head(Files.readAllBytes(sample)),
                                    sample.getFileName().toString()))
                    .as("%s", sample)
                    .isTrue();
        }
    }

    @Test
    default void itRefusesBytesOfOtherKinds() {
        byte[] noise = new byte[ImageReader.HEAD_BYTES];
        new Random(1).nextBytes(noise);
        for (byte[] foreign :
                List.of(new byte[0], new byte[1], "<html>".getBytes(StandardCharsets.UTF_8), new byte[512], noise)) {
            assertThat(reader().recognizes(foreign, "image")).isFalse();
        }
    }

    @Test
    default void noOtherReaderRecognizesItsFiles(@TempDir Path folder) throws IOException {
        for (Path sample : samples(folder)) {
            byte[] head = head(Files.readAllBytes(sample));
            List<? extends Class<?>> takers = ImageReaders.ALL.stream()
                    .filter(reader ->
                            reader.recognizes(head, sample.getFileName().toString()))
                    .map(ImageReader::getClass)
                    .toList();
            assertThat(takers).allMatch(taker -> taker == reader().getClass());
        }
    }

    @Test
    default void aTruncatedFileIsAnImageOrOneSentence(@TempDir Path folder) throws IOException {
        for (Path sample : samples(folder)) {
            byte[] whole = Files.readAllBytes(sample);
            for (int part = 0; part < 16; part++) {
                byte[] cut = Arrays.copyOf(whole, (int) ((long) whole.length * part / 16));
                assertImageOrSentence(Files.write(folder.resolve("cut" + sample.getFileName()), cut));
            }
        }
    }

    @Test
    default void aDamagedFileIsAnImageOrOneSentence(@TempDir Path folder) throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (Path sample : samples(folder)) {
            samples.add(Files.readAllBytes(sample));
        }
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] damaged = damaged(samples.get(seed % samples.size()), random);
            long start = cpuNanos();
            assertImageOrSentence(Files.write(folder.resolve("hit" + seed % samples.size()), damaged));
            assertThat(Duration.ofNanos(cpuNanos() - start)).as("seed %s", seed).isLessThan(SLOWEST);
        }
    }

    /// Of this thread: a busy machine does not count.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// A copy with a few wrong bytes, in half of the cases where the header stands; at times cut, or with a
    /// part of
    /// itself in another place.
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        int reach = random.nextBoolean() ? Math.min(whole.length, 256) : whole.length;
        for (int hit = random.nextInt(5); hit >= 0; hit--) {
            damaged[random.nextInt(reach)] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> (byte) 0xff;
                case 2 -> 0x7f;
                default -> (byte) random.nextInt(256);
            };
        }
        switch (random.nextInt(8)) {
            case 0 -> {
                return Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            case 1 -> {
                int length = random.nextInt(Math.min(64, damaged.length));
                int from = random.nextInt(damaged.length - length);
                System.arraycopy(whole, from, damaged, random.nextInt(damaged.length - length), length);
            }
            default -> {
                // The wrong bytes are enough.
            }
        }
        return damaged;
    }

    private void assertImageOrSentence(Path file) {
        try (ImageFile image = reader().open(file, MODEST)) {
            for (int frame = 0; frame < Math.min(3, image.frames()); frame++) {
                assertThat(image.read(frame).width()).isPositive();
            }
        } catch (PatchlensException e) {
            assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA);
            assertThat(e.getMessage())
                    .hasLineCount(1)
                    .contains(file.getFileName().toString());
        }
    }

    @Test
    default void aLimitOnPixelsIsKeptBeforeTheyAreDecoded(@TempDir Path folder) throws IOException {
        ImageLimits onePixel = new ImageLimits(1L << 30, 1, 1000);
        for (Path sample : samples(folder)) {
            assertThatExceptionOfType(PatchlensException.class)
                    .isThrownBy(() -> {
                        try (ImageFile file = reader().open(sample, onePixel)) {
                            file.read(0);
                        }
                    })
                    .withMessageContaining("limit");
        }
    }

    @Test
    default void aLimitOnFramesIsKept(@TempDir Path folder) throws IOException {
        for (Path sample : samples(folder)) {
            try (ImageFile file = reader().open(sample, ImageLimits.DEFAULT)) {
                if (file.frames() > 1) {
                    ImageLimits fewer = new ImageLimits(1L << 30, 1L << 30, file.frames() - 1);
                    assertThatExceptionOfType(PatchlensException.class)
                            .isThrownBy(() -> reader().open(sample, fewer).close())
                            .withMessageContaining("limit");
                }
            }
        }
    }

    @Test
    default void aFrameIsTheSameInAnyOrder(@TempDir Path folder) throws IOException {
        for (Path sample : samples(folder)) {
            try (ImageFile file = reader().open(sample, ImageLimits.DEFAULT)) {
                int last = Math.min(file.frames(), 5) - 1;
                PixelImage before = file.read(last);
                for (int frame = 0; frame <= last; frame++) {
                    assertThat(file.read(frame).channels()).isIn(1, 3);
                }
                assertSamePixels(file.read(last), before);
            }
        }
    }

    private static void assertSamePixels(PixelImage image, PixelImage expected) {
        assertThat(image.width()).isEqualTo(expected.width());
        assertThat(image.height()).isEqualTo(expected.height());
        assertThat(image.depth()).isEqualTo(expected.depth());
        switch (image.depth()) {
            case U8 -> assertThat(image.bytes()).isEqualTo(expected.bytes());
            case U16 -> assertThat(image.shorts()).isEqualTo(expected.shorts());
            case F32 -> assertThat(image.floats()).isEqualTo(expected.floats());
        }
    }

    @Test
    default void aFrameThatIsNotThereIsRefused(@TempDir Path folder) throws IOException {
        try (ImageFile file = reader().open(samples(folder).getFirst(), ImageLimits.DEFAULT)) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> file.read(file.frames()));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> file.read(-1));
        }
    }

    @Test
    default void itMayBeClosedTwice(@TempDir Path folder) throws IOException {
        ImageFile file = reader().open(samples(folder).getFirst(), ImageLimits.DEFAULT);
        assertThat(file.format()).isNotBlank();
        file.close();
        file.close();
    }

    private static byte[] head(byte[] file) {
        return Arrays.copyOf(file, Math.min(file.length, ImageReader.HEAD_BYTES));
    }
}
