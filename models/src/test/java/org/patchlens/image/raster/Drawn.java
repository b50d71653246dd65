package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Small pictures, written with the JDK's encoders where it has one.
final class Drawn {
    static final int WIDTH = 37;
    static final int HEIGHT = 29;

    private Drawn() {}

    /// A picture of slopes and one square.
    ///
    /// @param type of [BufferedImage]
    static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean square = x > 20 && x < 30 && y > 4 && y < 12;
                image.setRGB(x, y, square ? 0xff2040c0 : 0xff000000 | ((x * 6) << 16) | ((y * 8) << 8) | ((x + y) * 3));
            }
        }
        return image;
    }

    static Path written(Path folder, String format, int type) throws IOException {
        Path file = folder.resolve("drawn" + type + "." + format);
        if (!ImageIO.write(picture(type), format, file.toFile())) {
            throw new IOException("no encoder for " + format);
        }
        return file;
    }

    /// A TIFF of three pages.
    static Path pages(Path folder) throws IOException {
        Path file = folder.resolve("pages.tif");
        ImageWriter writer = Objects.requireNonNull(
                ImageIO.getImageWritersByFormatName("tiff").next());
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int type :
                    List.of(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY)) {
                writer.writeToSequence(new IIOImage(picture(type), null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return file;
    }

    /// A portable anymap of any kind.
    static Path anymap(Path folder, String header, int bytes) throws IOException {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + bytes];
        System.arraycopy(start, 0, all, 0, start.length);
        for (int i = start.length; i < all.length; i++) {
            all[i] = (byte) (i * 7);
        }
        return Files.write(folder.resolve("drawn" + header.charAt(1) + bytes + ".pnm"), all);
    }
}
