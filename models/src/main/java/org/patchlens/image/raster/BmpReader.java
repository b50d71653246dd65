package org.patchlens.image.raster;

import java.nio.file.Path;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;

/// BMP of 1 to 32 bits, uncompressed, with bit masks or run-length encoded.
public final class BmpReader implements ImageReader {
    private static final Codec CODEC = new Codec(Codec.ofJdk("bmp"), warning -> true);
    private static final int OLD_HEADER = 12;

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, "BM") && head.length > 18 && head[15] == 0 && head[16] == 0 && head[17] == 0;
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        boolean old = source.u32Little(14) == OLD_HEADER;
        long width = old ? source.u16Little(18) : (int) source.u32Little(18);
        long height = old ? source.u16Little(20) : Math.abs((long) (int) source.u32Little(22));
        int bits = source.u16Little(old ? 24 : 28);
        if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            throw source.damaged("its header says " + bits + " bits per pixel");
        }
        source.checkSize(width, height, 4);
        long compression = old ? 0 : source.u32Little(30);
        long start = source.u32Little(10);
        if (compression == 0 || compression == 3) {
            long needed = start + (width * bits + 31) / 32 * 4 * height;
            // The padding of the last row may be missing.
            if (needed - 3 > source.bytes().length) {
                throw source.damaged(
                        "it is truncated: its pixels need " + needed + " bytes, it has " + source.bytes().length);
            }
        } else if (compression == 1 || compression == 2) {
            new BmpRuns(source, width, height, compression == 1 ? 8 : 4)
                    .check((int) Math.min(start, Integer.MAX_VALUE));
        } else {
            throw source.unsupported("it is a BMP with compression " + compression);
        }
        return new PictureFile("BMP", 1, frame -> Samples.ofImage(CODEC.image(source, source.bytes(), 0)));
    }
}
