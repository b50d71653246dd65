package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

/// On shared files, since no encoder for WebP is at hand.
class WebpReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new WebpReader();
    }

    /// The decoder takes zeros for what is missing; it must not draw a large picture out of them.
    @Test
    void aLosslessPictureThatEndsEarlyIsRefusedSoon(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(Shared.path("data/images/files/tm_2_webp_ll.webp"));
        byte[] cut = Arrays.copyOf(bytes, bytes.length / 4);
        ByteBuffer.wrap(cut)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, cut.length - 8)
                .putInt(16, cut.length - 20);
        Path file = Files.write(folder.resolve("cut.webp"), cut);
        try (ImageFile opened = reader().open(file, ImageLimits.DEFAULT)) {
            assertThatExceptionOfType(PatchlensException.class)
                    .isThrownBy(() -> opened.read(0))
                    .withMessageContaining("cut.webp")
                    .withMessageContaining("they end early");
        }
    }

    @Override
    public List<Path> samples(Path folder) {
        return List.of(
                Shared.path("data/images/files/pil_hopper.webp"), Shared.path("data/images/files/tm_2_webp_ll.webp"));
    }
}
