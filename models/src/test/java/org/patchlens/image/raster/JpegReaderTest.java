package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

class JpegReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new JpegReader();
    }

    @Override
    public List<Path> samples(Path folder) throws IOException {
        return List.of(
                Drawn.written(folder, "jpg", BufferedImage.TYPE_INT_RGB),
                Drawn.written(folder, "jpg", BufferedImage.TYPE_BYTE_GRAY));
    }
}
