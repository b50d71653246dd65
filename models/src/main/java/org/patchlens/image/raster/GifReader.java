package org.patchlens.image.raster;

import java.nio.file.Path;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;

/// GIF: the first frame on its canvas, or every frame of an animation.
public final class GifReader implements AnimatedReader {
    private static final Codec CODEC = new Codec(Codec.ofJdk("gif"), warning -> warning.contains("color table"));

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, "GIF87a") || Source.has(head, 0, "GIF89a");
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
        source.checkSize(source.u16Little(6), source.u16Little(8), 3);
        GifBlocks blocks = GifBlocks.of(source, firstAlone);
        if (firstAlone && blocks.firstFillsTheCanvas()) {
            return new PictureFile("GIF", 1, frame -> Samples.ofImage(CODEC.image(source, blocks.file(frame), 0)));
        }
        return new Animation(
                Animation.Format.upright("GIF"),
                blocks.screen(),
                blocks.parts(),
                frame -> Layer.of(CODEC.image(source, blocks.file(frame), 0)));
    }
}
