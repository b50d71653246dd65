package org.patchlens.extract;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/// Writes pictures of seeded noise.
final class SyntheticImages {
    private SyntheticImages() {}

    /// Grey and coloured PNG files of differing sizes, `0000.png` and so on.
    ///
    /// @return the folder
    static Path write(Path folder, int count) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < count; i++) {
                ImageIO.write(
                        noise(i), "png", folder.resolve("%04d.png".formatted(i)).toFile());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage noise(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int type = seed % 3 == 0 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
        BufferedImage image = new BufferedImage(20 + random.nextInt(40), 20 + random.nextInt(40), type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }
}
