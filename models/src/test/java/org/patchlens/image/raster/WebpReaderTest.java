package org.patchlens.image.raster;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.Shared;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

/// On shared files, since no encoder for WebP is at hand.
class WebpReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new WebpReader();
    }

    @Override
    public List<Path> samples(Path folder) {
        return List.of(
                Shared.path("data/images/files/pil_hopper.webp"), Shared.path("data/images/files/tm_2_webp_ll.webp"));
    }
}
