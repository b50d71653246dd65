package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchlens.Shared;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;
import org.patchlens.image.ImageReaders;

/// The contract of image readers, with one file of every way to write pixels. None of them has the TIFF preamble
/// that many scanners write: the TIFF reader would take those if it were asked first.
class DicomReaderTest implements ImageReaderContract {
    @Override
    public ImageReader reader() {
        return new DicomReader();
    }

    @Test
    void aTiffPreambleDoesNotMakeItATiff() {
        try (ImageFile file = ImageReaders.open(Shared.path("data/dicom/good/MR_small.dcm"), ImageLimits.DEFAULT)) {
            assertThat(file.format()).isEqualTo("DICOM");
        }
    }

    @Override
    public List<Path> samples(Path folder) {
        return List.of(
                        "SC_rgb_small_odd.dcm",
                        "rtdose_expb_1frame.dcm",
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
