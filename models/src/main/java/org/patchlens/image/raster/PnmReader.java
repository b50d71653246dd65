package org.patchlens.image.raster;

import java.nio.file.Path;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.PixelImage;

/// The binary portable anymaps: PBM (P4), PGM (P5) and PPM (P6), of 8 and 16 bits.
public final class PnmReader implements ImageReader {
    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return head.length > 3 && head[0] == 'P' && head[1] >= '4' && head[1] <= '6' && isSpace(head[2]);
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        Header header = new Header(source);
        boolean bitmap = source.u8(1) == '4';
        int channels = source.u8(1) == '6' ? 3 : 1;
        int width = header.number();
        int height = header.number();
        int white = bitmap ? 1 : header.number();
        if (white < 1 || white > 65535) {
            throw source.damaged("its header says that white is " + white + ", expected 1 to 65535");
        }
        int bytes = white > 255 ? 2 : 1;
        source.checkSize(width, height, channels * bytes);
        long needed = bitmap ? (width + 7L) / 8 * height : (long) width * height * channels * bytes;
        int start = header.at + 1;
        if (needed > source.bytes().length - start) {
            throw source.damaged("it is truncated: its pixels need " + needed + " bytes, it has "
                    + Math.max(0, source.bytes().length - start));
        }
        return new PictureFile(
                "PNM",
                1,
                frame -> bitmap
                        ? bitmap(source, start, width, height)
                        : decode(source, start, new PixelSize(width, height, channels), white));
    }

    private record PixelSize(int width, int height, int channels) {
        int samples() {
            return width * height * channels;
        }
    }

    private static PixelImage decode(Source source, int start, PixelSize size, int white) {
        if (white > 255) {
            short[] shorts = new short[size.samples()];
            for (int i = 0; i < shorts.length; i++) {
                shorts[i] = (short) source.u16(start + 2 * i);
            }
            return PixelImage.ofShorts(size.width, size.height, size.channels, shorts)
                    .shownBetween(0, white);
        }
        byte[] bytes = new byte[size.samples()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.min(255, (source.u8(start + i) * 255 + white / 2) / white);
        }
        return PixelImage.ofBytes(size.width, size.height, size.channels, bytes);
    }

    /// One bit per pixel, rows padded to bytes; 1 is black.
    private static PixelImage bitmap(Source source, int start, int width, int height) {
        byte[] bytes = new byte[width * height];
        int stride = (width + 7) / 8;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean black = (source.u8(start + y * stride + x / 8) >> (7 - x % 8) & 1) == 1;
                bytes[y * width + x] = (byte) (black ? 0 : 255);
            }
        }
        return PixelImage.ofBytes(width, height, 1, bytes);
    }

    private static boolean isSpace(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /// The numbers of the header, with spaces and comments between them.
    private static final class Header {
        private final Source source;
        private int at = 2;

        Header(Source source) {
            this.source = source;
        }

        int number() {
            while (isSpace(source.u8(at)) || source.u8(at) == '#') {
                if (source.u8(at) == '#') {
                    while (source.u8(at) != '\n') {
                        at++;
                    }
                }
                at++;
            }
            long number = 0;
            int first = at;
            while (source.u8(at) >= '0' && source.u8(at) <= '9') {
                number = Math.min(Integer.MAX_VALUE, number * 10 + source.u8(at) - '0');
                at++;
            }
            if (at == first) {
                throw source.damaged("its header has no number at byte " + at);
            }
            return (int) number;
        }
    }
}
