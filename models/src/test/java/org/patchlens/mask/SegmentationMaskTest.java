package org.patchlens.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.dicom.DicomDisclosure;
import org.patchlens.image.dicom.DicomSeries;
import org.patchlens.image.dicom.SegmentationWriter;
import org.patchlens.image.dicom.SeriesVolume;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SliceSelection;
import org.patchlens.image.volume.SlicedVolume;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden values: tools/reference/dicom_seg.py. highdicom wrote the segmentations; pydicom unpacked them, and laid
/// them over the slices by the SOP instances they refer to. Labels are whole numbers, so nothing may differ.
class SegmentationMaskTest {
    /// The series has 13 x 11 pixels of 0.75 x 1.5 mm at 10, 12, 14, 19 and 21 mm.
    private static final int COLUMNS = 13;

    private static final int ROWS = 11;

    @TempDir
    private Path folder;

    private static Path resource(String name) {
        URL url = Objects.requireNonNull(SegmentationMaskTest.class.getResource("/segmentation/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SlicedVolume series(Plane plane) throws IOException {
        try (Stream<Path> files = Files.list(resource("series"))) {
            DicomSeries series = DicomSeries.among(files.toList(), ImageLimits.DEFAULT)
                    .series()
                    .getFirst();
            SliceOptions options = new SliceOptions(Optional.of(plane), new SliceSelection.All(), false, false);
            return new SlicedVolume(
                    SeriesVolume.open("ct", series, ImageLimits.DEFAULT, DicomDisclosure.NONE),
                    options,
                    ImageLimits.DEFAULT);
        }
    }

    private static JsonNode golden(String kind) throws IOException {
        try (InputStream stream = Files.newInputStream(resource("labels.json"))) {
            return JsonMapper.shared().readTree(stream).get(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "fractional", "labelmap"})
    void framesLieOverTheirSlicesAlsoBehindAGap(String kind) throws IOException {
        JsonNode expected = golden(kind);
        try (SlicedVolume image = series(Plane.AXIAL);
                MaskFile mask = MaskFile.open(resource(kind + ".dcm"), ImageLimits.DEFAULT)) {
            assertThat(image.frames()).isEqualTo(expected.size()).isEqualTo(5);
            for (int slice = 0; slice < 5; slice++) {
                LabelMap labels = mask.labels(image, slice);
                for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
                    assertThat(labels.label(pixel % COLUMNS, pixel / COLUMNS))
                            .as("slice %d, pixel %d", slice, pixel)
                            .isEqualTo(expected.get(slice).get(pixel).asInt());
                }
            }
        }
    }

    @Test
    void otherPlanesAreCutAcrossTheFrames() throws IOException {
        JsonNode expected = golden("binary");
        try (SlicedVolume image = series(Plane.CORONAL);
                MaskFile mask = MaskFile.open(resource("binary.dcm"), ImageLimits.DEFAULT)) {
            // Coronal slices are numbered from the back, their rows from the head.
            LabelMap labels = mask.labels(image, 2);
            for (int height = 0; height < 5; height++) {
                for (int column = 0; column < COLUMNS; column++) {
                    int stored = (ROWS - 1 - 2) * COLUMNS + column;
                    assertThat(labels.label(column, 4 - height))
                            .isEqualTo(expected.get(height).get(stored).asInt());
                }
            }
        }
    }

    @Test
    void segmentsNameTheClasses() {
        try (MaskFile mask = MaskFile.open(resource("binary.dcm"), ImageLimits.DEFAULT)) {
            assertThat(mask.values()).containsExactly(1, 2);
            assertThat(mask.names()).containsEntry(1, "left lobe").containsEntry(2, "nodule");
            assertThat(MaskClasses.ofLabels(List.of(1, 2, 3), mask.names()).names())
                    .containsExactly("left lobe", "nodule", "label 3");
        }
    }

    @Test
    void aPictureTakesTheFramesOfOnePlaceAndTheLaterSegmentWins() throws IOException {
        Path file = SegmentationWriter.binary(3)
                .segment(1, "lung")
                .segment(2, "nodule")
                .frame(2, "0\\0\\0", 0, 1, 0, 0, 0, 0, 0, 0, 0)
                .frame(1, "0\\0\\0", 1, 1, 1, 0, 0, 0, 0, 0, 1)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            LabelMap labels = mask.labels(3, 3);
            assertThat(List.of(labels.label(0, 0), labels.label(1, 0), labels.label(2, 0), labels.label(2, 2)))
                    .containsExactly(1, 2, 1, 1);
            assertThatThrownBy(() -> mask.labels(6, 6))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("3 x 3 pixels at 1 places, its image is a single picture of 6 x 6");
        }
    }

    @Test
    void aPixelBelongsToASegmentFromHalfOfTheLargestValueOn() throws IOException {
        Path file = SegmentationWriter.fractional(2)
                .segment(7, "")
                .frame(7, "0\\0\\0", 49, 50, 100, 0)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            LabelMap labels = mask.labels(2, 2);
            assertThat(List.of(labels.label(0, 0), labels.label(1, 0), labels.label(0, 1), labels.label(1, 1)))
                    .containsExactly(0, 7, 7, 0);
            assertThat(mask.names()).isEmpty();
        }
    }

    @Test
    void theValuesOfALabelMapAreTheLabels() throws IOException {
        Path file = SegmentationWriter.labelMap(2, 9)
                .segment(1, "lung")
                .segment(3, "heart")
                .segment(9, "Background")
                .frame(0, "0\\0\\0", 9, 3, 1, 9)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            LabelMap labels = mask.labels(2, 2);
            assertThat(List.of(labels.label(0, 0), labels.label(1, 0), labels.label(0, 1), labels.label(1, 1)))
                    .containsExactly(0, 3, 1, 0);
            assertThat(mask.values()).containsExactly(1, 3);
        }
    }

    @Test
    void aDescribedBackgroundOfALabelMapIsNoClass() throws IOException {
        Path file = SegmentationWriter.labelMap(2, 0)
                .segment(0, "Background")
                .segment(1, "lung")
                .frame(0, "0\\0\\0", 0, 1, 1, 0)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            assertThat(mask.names()).containsOnlyKeys(1);
            assertThat(mask.labels(2, 2).label(0, 0)).isZero();
        }
    }

    @Test
    void aLabelMapWithAnUnknownNumberIsRefused() throws IOException {
        Path file = SegmentationWriter.labelMap(2, 0)
                .segment(1, "lung")
                .full(0, "0\\0\\0", 5)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            assertThatThrownBy(() -> mask.labels(2, 2))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("frame 0 has pixels of 5, which is none of the segments 1 to 1");
        }
    }

    @Test
    void aTruncatedBitStreamIsRefused() throws IOException {
        Path file = SegmentationWriter.binary(5)
                .segment(1, "lung")
                .full(1, "0\\0\\0", 1)
                .truncated(1)
                .write(folder.resolve("mask.dcm"));
        try (MaskFile mask = MaskFile.open(file, ImageLimits.DEFAULT)) {
            assertThatThrownBy(() -> mask.labels(5, 5))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("3 of 4 bytes are there; the file is truncated");
        }
    }

    @Test
    void anImageIsNoSegmentation() {
        assertThatThrownBy(() -> MaskFile.open(resource("series/1.dcm"), ImageLimits.DEFAULT))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("is no segmentation");
    }

    @Test
    void aFrameOfAnUnknownSegmentIsRefused() throws IOException {
        Path file = SegmentationWriter.binary(2)
                .segment(1, "lung")
                .full(3, "0\\0\\0", 1)
                .write(folder.resolve("mask.dcm"));
        assertThatThrownBy(() -> MaskFile.open(file, ImageLimits.DEFAULT))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("frame 0 belongs to none of the segments 1 to 1");
    }
}
