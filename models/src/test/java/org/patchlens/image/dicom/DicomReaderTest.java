package org.patchlens.image.dicom;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.Shared;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;

/// The contract of image readers, with one file of every way to write pixels.
class DicomReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new DicomReader();
    }

    @Override
    public List<Path> samples(Path folder) {
        return List.of(
                        "MR_small.dcm",
                        "MR_small_bigendian.dcm",
                        "image_dfl.dcm",
                        "emri_small_RLE.dcm",
                        "JPGExtended.dcm",
                        "JLSL_16_15_1_1F.dcm",
                        "MR_small_jp2klossless.dcm",
                        "OT-PAL-8-face.dcm")
                .stream()
                .map(name -> Shared.path("data/dicom/good/" + name))
                .toList();
    }
}
