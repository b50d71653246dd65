package org.patchlens.image.raster;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.PixelImage;

/// TIFF and BigTIFF: every page is a frame. Integers of 1 to 32 bits, signed and unsigned, floats of 16 to 64
/// bits; grey, RGB, palette, CMYK, YCbCr and CIELab, in strips or tiles.
public final class TiffReader implements ImageReader {
    /// The decoder fills short strips with zeros and says so; strips are checked before it is called.
    private static final Codec CLASSIC = new Codec(new TIFFImageReaderSpi(), TiffReader::isHarmless);

    private static final Codec BIG = new Codec(new BigTIFFImageReaderSpi(), TiffReader::isHarmless);

    private static boolean isHarmless(String warning) {
        return !warning.contains("Corrupt JPEG data") && !warning.contains("Truncated");
    }

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return TiffDirectory.isTiff(head);
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        if (!TiffDirectory.isTiff(source.bytes())) {
            throw source.damaged("it does not start like a TIFF");
        }
        List<TiffDirectory> directories = TiffDirectory.all(source.bytes(), limits.frames() + 1);
        if (directories.isEmpty()) {
            throw source.damaged("it holds no image: no directory of tags lies where its header says");
        }
        source.checkFrames(directories.size());
        List<TiffPage> pages = directories.stream()
                .map(directory -> TiffPage.of(source, directory))
                .toList();
        pages.forEach(page -> page.check(source));
        boolean big = source.has(0, "II+\0") || source.has(0, "MM\0+");
        return new PictureFile("TIFF", pages.size(), frame -> decode(source, pages.get(frame), frame, big));
    }

    private static PixelImage decode(Source source, TiffPage page, int frame, boolean big) {
        Codec codec = big ? BIG : CLASSIC;
        PixelImage image = page.needsColourModel()
                ? Samples.ofImage(codec.image(source, source.bytes(), frame))
                : page.toPixels(source, codec.raster(source, source.bytes(), frame));
        return page.orientation().apply(image);
    }
}
