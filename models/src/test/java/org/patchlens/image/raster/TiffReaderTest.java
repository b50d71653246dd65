package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;
import org.patchlens.image.PixelImage;

class TiffReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new TiffReader();
    }

    /// Grey and pure red as ITU-R BT.601 luma and chroma, in a file without compression.
    @Test
    void lumaAndChromaBecomeColour(@TempDir Path folder) throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 10);
        int[][] tags = {
            {256, 2}, {257, 1}, {258, 8}, {259, 1}, {262, 6}, {273, 140}, {277, 3}, {278, 1}, {279, 6}, {530, 0x10001}
        };
        for (int[] tag : tags) {
            boolean pair = tag[0] == 530;
            tiff.putShort((short) tag[0])
                    .putShort((short) 3)
                    .putInt(pair ? 2 : 1)
                    .putInt(tag[1]);
        }
        tiff.position(140);
        tiff.put(new byte[] {100, (byte) 128, (byte) 128, 76, 85, (byte) 255});
        Path file = Files.write(folder.resolve("ycc.tif"), tiff.array());
        try (ImageFile image = reader().open(file, ImageLimits.DEFAULT)) {
            PixelImage pixels = image.read(0);
            float[] found = new float[6];
            for (int i = 0; i < found.length; i++) {
                found[i] = pixels.sample(i / 3, 0, i % 3);
            }
            // Each conversion rounds to whole steps.
            assertThat(found).containsExactly(new float[] {100, 100, 100, 254, 0, 0}, within(1.5f));
        }
    }

    @Override
    public List<Path> samples(Path folder) throws IOException {
        return List.of(Drawn.pages(folder), Drawn.written(folder, "tif", BufferedImage.TYPE_BYTE_INDEXED));
    }
}
