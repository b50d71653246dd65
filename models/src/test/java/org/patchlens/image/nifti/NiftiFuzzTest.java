package org.patchlens.image.nifti;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;

/// Damages files at random places and reads them: a right image or a [PatchlensException], nothing else.
///
/// `-Dpatchlens.fuzz=50000` asks for more cases than the few hundred of every build.
class NiftiFuzzTest {
    private static final int CASES = Integer.getInteger("patchlens.fuzz", 600);

    /// What may be taken for one file: small enough that a lie in a header shows.
    private static final ImageLimits LIMITS = new ImageLimits(64 << 20, 16 << 20, 2000);

    @TempDir
    private Path folder;

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(NiftiFile.version1().bytes());
        seeds.add(NiftiFile.version2().scaling(2, -1024).bytes());
        seeds.add(
                NiftiFile.bigEndian(1).dim(3, 3, 2, 1).floats(1, 2, 3, 4, 5, 6).bytes());
        seeds.add(NiftiFile.bigEndian(2).dim(2, 3, 1).shorts(4, -5, 0, 7).bytes());
        seeds.add(NiftiFile.version1().dim(2, 2, 2).datatype(128, 24).bytes());
        seeds.add(NiftiFile.version1()
                .dim(5, 2, 1, 1, 3, 2)
                .qform(0.5, 0.5, 0.5, 1, 2, 3)
                .bytes());
        return seeds;
    }

    @Test
    void damageEndsInAnImageOrInOneSentence() {
        List<byte[]> seeds = seeds();
        int images = 0;
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(i);
            byte[] seed = seeds.get(random.nextInt(seeds.size()));
            boolean compressed = random.nextBoolean();
            byte[] damaged = compressed && random.nextBoolean()
                    ? damage(NiftiFile.gzip(seed), random)
                    : maybeCompressed(damage(seed, random), compressed);
            images += read(NiftiFile.write(folder.resolve("fuzz.nii.gz"), damaged), i);
        }
        // Damage to a voxel or a name is still an image: the test would be empty if there were none, or nothing
        // else.
        assertThat(images).isBetween(CASES / 20, CASES * 19 / 20);
    }

    private static byte[] maybeCompressed(byte[] bytes, boolean compressed) {
        return compressed ? NiftiFile.gzip(bytes) : bytes;
    }

    private static byte[] damage(byte[] seed, Random random) {
        byte[] damaged = seed.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) interesting(random);
        }
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> Arrays.copyOf(damaged, damaged.length + random.nextInt(5000));
            default -> damaged;
        };
    }

    private static int interesting(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 0xff;
            case 2 -> 0x7f;
            default -> random.nextInt(256);
        };
    }

    private static int read(Path file, int number) {
        try (ImageFile image = new NiftiReader().open(file, LIMITS)) {
            for (int frame = 0; frame < Math.min(image.frames(), 5); frame++) {
                PixelImage slice = image.read(frame);
                assertThat(slice.black()).as("case %d", number).isNotEqualTo(slice.white());
                assertThat(slice.spacing()).isPresent();
            }
            return 1;
        } catch (PatchlensException e) {
            assertThat(e).as("case %d", number).hasMessageStartingWith("[").hasMessageEndingWith(".");
            return 0;
        }
    }
}
