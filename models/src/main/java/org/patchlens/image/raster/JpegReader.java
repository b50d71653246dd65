package org.patchlens.image.raster;

import java.awt.image.Raster;
import java.nio.file.Path;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.PixelImage;

/// JPEG of 8 bits, baseline, extended and progressive: grey, YCbCr, RGB, CMYK and YCCK.
///
/// The decoder is the JDK's libjpeg. It gets the segments with pixels only and returns the samples as they are
/// stored; whether they are luma and chroma is decided here by libjpeg's own rules, since the JDK has other ones.
public final class JpegReader implements ImageReader {
    private static final Codec CODEC = new Codec(Codec.ofJdk("jpeg"), JpegReader::isHarmless);

    /// Whether libjpeg only skipped bytes that belong to nothing. Bytes before a restart marker (d0 to d7) are
    /// pixels that it could not make sense of.
    private static boolean isHarmless(String warning) {
        return warning.contains("extraneous bytes before marker") && !warning.matches(".*0xd[0-7]");
    }

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, "\u00ff\u00d8\u00ff");
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        JpegHeader header = JpegHeader.read(source);
        if (header.process() > 2 || header.precision() != 8) {
            throw source.unsupported("it is a JPEG of process " + header.process() + " with " + header.precision()
                    + " bits; baseline, extended and progressive ones of 8 bits are read");
        }
        if (header.components() != 1 && header.components() != 3 && header.components() != 4) {
            throw source.unsupported("it has " + header.components() + " colour components, expected 1, 3 or 4");
        }
        source.checkSize(header.width(), header.height(), header.components());
        return new PictureFile("JPEG", 1, frame -> decode(source, header));
    }

    private static PixelImage decode(Source source, JpegHeader header) {
        Raster raster = CODEC.raster(source, header.stream(), 0);
        if (raster.getNumBands() != header.components()) {
            throw source.damaged(
                    "it decodes to " + raster.getNumBands() + " components, its header names " + header.components());
        }
        byte[] samples = Samples.bytes(raster, header.components());
        if (header.isYcc()) {
            Colours.yccToRgb(samples, header.components());
        }
        if (header.components() == 4) {
            samples = cmyk(samples, header.isYcc());
        }
        int channels = header.components() == 1 ? 1 : 3;
        return header.orientation().apply(PixelImage.ofBytes(raster.getWidth(), raster.getHeight(), channels, samples));
    }

    /// Every JPEG of four components stores inverted ink, as Adobe does and Pillow assumes too. The red, green and
    /// blue that come out of YCCK are inverted cyan, magenta and yellow, inverted once more.
    private static byte[] cmyk(byte[] samples, boolean ycck) {
        for (int i = 0; i < samples.length; i++) {
            if (!ycck || i % 4 == 3) {
                samples[i] = (byte) ~samples[i];
            }
        }
        return Colours.cmykToRgb(samples);
    }
}
