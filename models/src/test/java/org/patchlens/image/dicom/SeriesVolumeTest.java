package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelUnit;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;
import org.patchlens.preprocess.WindowChoice;

/// A real series of seven axial slices of a chest, every 17th or so of the original.
class SeriesVolumeTest {
    private static DicomSeries series() throws IOException {
        try (Stream<Path> files = Files.list(Shared.path("data/ct/dicom/covid_P001"))) {
            return DicomSeries.among(files.toList(), ImageLimits.DEFAULT)
                    .series()
                    .getFirst();
        }
    }

    private static Volume volume() throws IOException {
        return SeriesVolume.open("P001", series(), ImageLimits.DEFAULT, DicomDisclosure.NONE);
    }

    @Test
    void anAxialSliceIsTheFileAtItsPlace() throws IOException {
        DicomSeries series = series();
        try (Volume volume = volume()) {
            assertThat(volume.order().code()).isEqualTo("LPS");
            assertThat(volume.slices(Plane.AXIAL))
                    .isEqualTo(series.slices().size())
                    .isEqualTo(7);
            for (int index = 0; index < 7; index++) {
                DicomSeries.Slice slice = series.slices().get(index);
                try (DicomFile file = new DicomReader().open(slice.file(), ImageLimits.DEFAULT)) {
                    PixelImage image = volume.slice(Plane.AXIAL, index);
                    assertThat(image.floats()).isEqualTo(file.read(0).floats());
                    assertThat(image.unit()).isEqualTo(PixelUnit.HOUNSFIELD);
                    assertThat(image.spacing()).isEqualTo(file.read(0).spacing());
                }
            }
        }
    }

    @Test
    void theLowestSliceLiesAtItsPositionInTheHeader() throws IOException {
        try (Volume volume = volume()) {
            // SliceLocation of 98C14734-ASSH_27.dcm in the table of the data; the header's position has more
            // digits.
            assertThat(volume.position(Plane.AXIAL, 0)).isCloseTo(-294.1, within(0.05));
        }
    }

    @Test
    void aCoronalSliceShowsOneRowOfEverySlice() throws IOException {
        try (Volume volume = volume()) {
            PixelImage coronal = volume.slice(Plane.CORONAL, 511 - 200);
            assertThat(coronal.height()).isEqualTo(7);
            for (int index = 0; index < 7; index++) {
                PixelImage axial = volume.slice(Plane.AXIAL, index);
                for (int x = 0; x < 512; x += 7) {
                    assertThat(coronal.sample(x, 6 - index, 0)).isEqualTo(axial.sample(x, 200, 0));
                }
            }
        }
    }

    @Test
    void aSeriesIsCutAndWindowedLikeAnyVolume() throws IOException {
        SliceOptions options = SliceOptions.DEFAULT.skippingAir();
        try (SlicedVolume slices = new SlicedVolume(volume(), options, ImageLimits.DEFAULT)) {
            assertThat(slices.frames()).isEqualTo(7);
            assertThat(slices.warnings()).isEmpty();
            assertThat(slices.metadata()).containsEntry("plane", "axial").containsEntry("modality", "CT");
            PixelImage lung = WindowChoice.DEFAULT.apply(slices.read(3));
            assertThat(lung.black()).isEqualTo(-1350);
            assertThat(lung.white()).isEqualTo(149);
        }
    }

    @Test
    void aSeriesWithoutPositionsIsNoVolume() throws IOException {
        Path plain = Shared.path("data/dicom/good/vlut_04.dcm");
        DicomSeries series = new DicomSeries(
                List.of(new DicomSeries.Slice(plain, 0, OptionalDouble.empty())),
                OptionalDouble.empty(),
                List.of(),
                OptionalInt.empty());

        assertThatThrownBy(() -> SeriesVolume.open("x", series, ImageLimits.DEFAULT, DicomDisclosure.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("they make no volume");
    }
}
