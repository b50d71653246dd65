package org.patchlens.image.raster;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.nio.file.Path;
import java.util.Arrays;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;

/// WebP, lossy and lossless: the first frame, or every frame of an animation.
public final class WebpReader implements AnimatedReader {
    private static final Codec CODEC = new Codec(new WebPImageReaderSpi(), warning -> true);
    private static final int FIRST_CHUNK = 12;

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, "RIFF") && Source.has(head, 8, "WEBP");
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        return open(file, limits, true);
    }

    @Override
    public ImageFile openAnimation(Path file, ImageLimits limits) {
        return open(file, limits, false);
    }

    private static ImageFile open(Path file, ImageLimits limits, boolean firstAlone) {
        Source source = Source.of(file, limits);
        if (source.u32Little(4) + 8 > source.bytes().length) {
            throw source.damaged("it is truncated: its header says " + (source.u32Little(4) + 8) + " bytes, it has "
                    + source.bytes().length);
        }
        checkSize(source);
        if (WebpFrames.isAnimation(source)) {
            WebpFrames frames = WebpFrames.of(source, firstAlone);
            return new Animation(
                    new Animation.Format("WebP", orientation(source)),
                    frames.screen(),
                    frames.parts(),
                    frame -> Layer.of(CODEC.image(source, frames.file(frame), 0)));
        }
        Orientation orientation = orientation(source);
        return new PictureFile(
                "WebP", 1, frame -> orientation.apply(Samples.ofImage(CODEC.image(source, source.bytes(), 0))));
    }

    private static void checkSize(Source source) {
        int at = FIRST_CHUNK + 8;
        if (source.has(FIRST_CHUNK, "VP8X")) {
            source.checkSize(1 + source.u24Little(at + 4), 1 + source.u24Little(at + 7), 4);
        } else if (source.has(FIRST_CHUNK, "VP8L")) {
            long packed = source.u32Little(at + 1);
            source.checkSize(1 + (packed & 0x3fff), 1 + (packed >> 14 & 0x3fff), 4);
        } else if (source.has(FIRST_CHUNK, "VP8 ")) {
            source.checkSize(source.u16Little(at + 6) & 0x3fff, source.u16Little(at + 8) & 0x3fff, 4);
        } else {
            throw source.damaged("it starts with no WebP chunk that is known");
        }
    }

    private static Orientation orientation(Source source) {
        Orientation orientation = Orientation.UPRIGHT;
        long at = FIRST_CHUNK;
        while (at + 8 <= source.bytes().length) {
            long length = source.u32Little((int) at + 4);
            long end = Math.min(at + 8 + length, source.bytes().length);
            byte[] content = Arrays.copyOfRange(source.bytes(), (int) at + 8, (int) end);
            if (source.has((int) at, "EXIF")) {
                boolean prefixed = Source.has(content, 0, "Exif\0");
                return Orientation.ofExif(prefixed ? Arrays.copyOfRange(content, 6, content.length) : content);
            } else if (source.has((int) at, "XMP ")) {
                orientation = Orientation.ofXmp(content);
            }
            at += 8 + length + (length & 1);
        }
        return orientation;
    }
}
