package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Analyses;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// What a user of the library does first: reads an image, computes with matrices, looks which analyses there are.
class UsesPatchlensTest {
    @Test
    void readsAnImage(@TempDir Path folder) throws Exception {
        File file = folder.resolve("x.png").toFile();
        ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_GRAY), "png", file);
        try (ImageFile image = ImageReaders.open(file.toPath(), ImageLimits.DEFAULT)) {
            assertEquals(7, image.read(0).width());
        }
    }

    @Test
    void computesWithMatrices() {
        FloatMatrix matrix = FloatMatrix.zeros(1, 1000);
        for (int i = 0; i < 1000; i++) {
            matrix.set(0, i, (float) Math.sin(i));
        }
        System.out.println("norm bits " + Float.floatToRawIntBits(Kernels.norm(matrix, 0)));
    }

    @Test
    void findsTheAnalyses() {
        assertFalse(Analyses.ALL.isEmpty());
    }
}
