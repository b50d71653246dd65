package org.patchlens.image.nifti;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

class NiftiContractTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new NiftiReader();
    }

    @Override
    public List<Path> samples(Path folder) {
        return List.of(
                NiftiFile.version1().write(folder),
                NiftiFile.version2().scaling(2, -1024).writeCompressed(folder),
                NiftiFile.write(
                        folder.resolve("big"),
                        NiftiFile.bigEndian(1)
                                .dim(2, 3, 2)
                                .floats(1, 2, 3, 4, 5, 6)
                                .bytes()));
    }
}
