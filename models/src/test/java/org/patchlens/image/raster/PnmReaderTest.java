package org.patchlens.image.raster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

class PnmReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new PnmReader();
    }

    @Override
    public List<Path> samples(Path folder) throws IOException {
        return List.of(
                Drawn.anymap(folder, "P5 9 7 255\n", 63),
                Drawn.anymap(folder, "P6\n# comment\n9 7 65535\n", 378),
                Drawn.anymap(folder, "P4 9 7\n", 14));
    }
}
