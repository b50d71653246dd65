package org.patchlens.image.raster;

import java.util.Objects;
import java.util.function.IntFunction;
import org.patchlens.image.ImageFile;
import org.patchlens.image.PixelImage;

/// An opened picture: its header is checked, its bytes are in memory.
///
/// @param format the name of the format
/// @param frames how many images it holds
/// @param decoder decodes one of them
record PictureFile(String format, int frames, IntFunction<PixelImage> decoder) implements ImageFile {
    @Override
    public PixelImage read(int frame) {
        return decoder.apply(Objects.checkIndex(frame, frames));
    }

    @Override
    public void close() {
        // The bytes are on the heap; there is nothing to give back.
    }
}
