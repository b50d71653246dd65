package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

class PngReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new PngReader();
    }

    @Override
    public List<Path> samples(Path folder) throws IOException {
        return List.of(
                Drawn.written(folder, "png", BufferedImage.TYPE_INT_ARGB),
                Drawn.written(folder, "png", BufferedImage.TYPE_BYTE_BINARY),
                Drawn.written(folder, "png", BufferedImage.TYPE_USHORT_GRAY));
    }
}
