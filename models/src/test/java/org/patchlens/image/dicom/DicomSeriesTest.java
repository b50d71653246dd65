package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.Shared;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;

/// A folder of one series becomes a volume in anatomical order.
class DicomSeriesTest {
    private static final String AXIAL = "1\\0\\0\\0\\1\\0";

    @TempDir
    private Path folder;

    private Path slice(String name, int number, String position, String orientation) throws IOException {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0020_000E, "UI", "1.2.3")
                .text(0x0020_0013, "IS", Integer.toString(number));
        if (!position.isEmpty()) {
            writer.text(0x0020_0032, "DS", position).text(0x0020_0037, "DS", orientation);
        }
        return writer.image(1, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[] {1, 0})
                .write(folder, name);
    }

    private DicomSeries only(Path... files) {
        DicomSeries.Found found = DicomSeries.among(List.of(files), ImageLimits.DEFAULT);
        assertThat(found.skipped()).isEmpty();
        return found.series().getFirst();
    }

    private static List<String> names(DicomSeries series) {
        return series.slices().stream()
                .map(slice -> slice.file().getFileName().toString())
                .toList();
    }

    private static List<DicomSeries.Kind> kinds(DicomSeries series) {
        return series.findings().stream().map(DicomSeries.Finding::kind).toList();
    }

    @Test
    void slicesAreSortedByPositionNotByNumberOrName() throws IOException {
        DicomSeries series = only(
                slice("a", 1, "0\\0\\30", AXIAL), slice("b", 2, "0\\0\\10", AXIAL), slice("c", 3, "0\\0\\20", AXIAL));
        assertThat(names(series)).containsExactly("b", "c", "a");
        assertThat(series.spacing()).hasValue(10);
        assertThat(series.findings()).isEmpty();
    }

    @Test
    void tiltedSlicesAreSortedAlongTheirNormal() throws IOException {
        String coronal = "1\\0\\0\\0\\0\\-1";
        DicomSeries series = only(slice("a", 1, "0\\5\\0", coronal), slice("b", 2, "0\\-5\\0", coronal));
        // Rows to the left and columns to the feet: the normal points to the back.
        assertThat(names(series)).containsExactly("b", "a");
    }

    @Test
    void duplicatesGapsAndLostSlicesAreReported() throws IOException {
        DicomSeries series = only(
                slice("a", 1, "0\\0\\0", AXIAL),
                slice("b", 2, "0\\0\\1", AXIAL),
                slice("b2", 3, "0\\0\\1", AXIAL),
                slice("c", 4, "0\\0\\2", AXIAL),
                slice("f", 5, "0\\0\\5", AXIAL),
                slice("scout", 6, "0\\0\\0", "1\\0\\0\\0\\0\\-1"),
                slice("lost", 7, "", ""));
        assertThat(names(series)).containsExactly("a", "b", "c", "f");
        assertThat(kinds(series))
                .containsExactlyInAnyOrder(
                        DicomSeries.Kind.DUPLICATE,
                        DicomSeries.Kind.GAP,
                        DicomSeries.Kind.OTHER_ORIENTATION,
                        DicomSeries.Kind.WITHOUT_POSITION);
    }

    @Test
    void numbersGiveTheOrderOnlyWithoutPositions() throws IOException {
        DicomSeries series = only(slice("a", 3, "", ""), slice("b", 1, "", ""), slice("c", 2, "", ""));
        assertThat(names(series)).containsExactly("b", "c", "a");
        assertThat(kinds(series)).containsExactly(DicomSeries.Kind.ORDERED_BY_NUMBER);
    }

    @Test
    void aFileThatIsNoImageIsSkippedWithItsReason() throws IOException {
        Path text = Files.writeString(folder.resolve("README"), "not a DICOM file");
        DicomSeries.Found found =
                DicomSeries.among(List.of(text, slice("a", 1, "0\\0\\0", AXIAL)), ImageLimits.DEFAULT);
        assertThat(found.series()).hasSize(1);
        assertThat(found.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.reason()).contains("not a DICOM file"));
    }

    /// Real chest CT: every seventh or so slice of three patients. Air and bone must be where they belong.
    @ParameterizedTest
    @CsvSource({"covid_P001", "normal_normal001", "pneumonia_cap_cap001"})
    void aRealSeriesIsInOrderAndInHounsfieldUnits(String patient) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(Shared.path("data/ct/dicom/" + patient))) {
            all.forEach(files::add);
        }
        DicomSeries series =
                DicomSeries.among(files, ImageLimits.DEFAULT).series().getFirst();
        assertThat(series.slices()).hasSize(files.size());
        double last = Double.NEGATIVE_INFINITY;
        for (DicomSeries.Slice slice : series.slices()) {
            assertThat(slice.millimetres().orElseThrow()).isGreaterThan(last);
            last = slice.millimetres().orElseThrow();
            try (DicomFile file = new DicomReader().open(slice.file(), ImageLimits.DEFAULT)) {
                PixelImage image = file.read(slice.frame());
                assertThat(image.depth()).isEqualTo(PixelImage.Depth.F32);
                assertThat(percentile(image, 0.02f)).isBetween(-3100f, -900f);
                assertThat(percentile(image, 0.999f)).isBetween(150f, 3100f);
                assertThat(image.spacing().orElseThrow().row()).isCloseTo(0.75, within(0.25));
            }
        }
        System.out.println(patient + ": " + series.spacing() + " " + series.findings());
    }

    private static float percentile(PixelImage image, float part) {
        float[] sorted = image.floats().clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
