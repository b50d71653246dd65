package org.patchlens.image.raster;

import java.nio.file.Path;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.PixelImage;

/// GIF: the first frame on its canvas. Later frames of an animation are not read.
public final class GifReader implements ImageReader {
    private static final Codec CODEC = new Codec(Codec.ofJdk("gif"), warning -> warning.contains("color table"));
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int GRAPHIC_CONTROL = 0xf9;

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, "GIF87a") || Source.has(head, 0, "GIF89a");
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        source.checkSize(source.u16Little(6), source.u16Little(8), 3);
        Frame frame = firstFrame(source);
        source.checkSize(frame.width, frame.height, 3);
        return new PictureFile("GIF", 1, index -> decode(source, frame));
    }

    /// Where the first frame lies on the canvas.
    ///
    /// @param background the colour of the canvas around it, `0xRRGGBB`
    private record Frame(int left, int top, int width, int height, int background) {}

    private static Frame firstFrame(Source source) {
        int flags = source.u8(10);
        int palette = 13;
        int at = palette + tableBytes(flags);
        int transparent = 0;
        while (source.u8(at) != IMAGE) {
            if (source.u8(at) != EXTENSION) {
                throw source.damaged("it holds no image: byte " + at + " starts no block that GIF knows");
            }
            if (source.u8(at + 1) == GRAPHIC_CONTROL && (source.u8(at + 3) & 1) == 1) {
                transparent = source.u8(at + 6);
            }
            at = afterSubBlocks(source, at + 2);
        }
        int local = source.u8(at + 9);
        int colours = (local & 0x80) != 0 ? at + 10 : palette;
        int size = tableBytes((local & 0x80) != 0 ? local : flags);
        int colour = transparent * 3 + 2 < size
                ? source.u8(colours + transparent * 3) << 16 | source.u16(colours + transparent * 3 + 1)
                : 0;
        return new Frame(
                source.u16Little(at + 1),
                source.u16Little(at + 3),
                source.u16Little(at + 5),
                source.u16Little(at + 7),
                colour);
    }

    private static int tableBytes(int flags) {
        return (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
    }

    private static int afterSubBlocks(Source source, int from) {
        int at = from;
        while (source.u8(at) != 0) {
            at += source.u8(at) + 1;
        }
        return at + 1;
    }

    private static PixelImage decode(Source source, Frame frame) {
        PixelImage image = Samples.ofImage(CODEC.image(source, source.bytes(), 0));
        int width = source.u16Little(6);
        int height = source.u16Little(8);
        if (frame.left == 0 && frame.top == 0 && image.width() == width && image.height() == height) {
            return image;
        }
        byte[] canvas = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = x - frame.left;
                int fromY = y - frame.top;
                boolean inside = fromX >= 0 && fromY >= 0 && fromX < image.width() && fromY < image.height();
                for (int channel = 0; channel < 3; channel++) {
                    int colour = inside
                            ? image.bytes()[
                                    (fromY * image.width() + fromX) * image.channels()
                                            + Math.min(channel, image.channels() - 1)]
                            : frame.background >> (16 - 8 * channel);
                    canvas[(y * width + x) * 3 + channel] = (byte) colour;
                }
            }
        }
        return PixelImage.ofBytes(width, height, 3, canvas);
    }
}
