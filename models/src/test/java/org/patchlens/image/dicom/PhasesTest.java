package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.image.ImageLimits;

/// A series that shows the same places several times becomes a volume for each time.
class PhasesTest {
    private static final int TEMPORAL_POSITION = 0x0020_0100;
    private static final int TRIGGER_TIME = 0x0018_1060;
    private static final int ECHO_TIME = 0x0018_0081;
    private static final int ACQUISITION = 0x0020_0012;

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();

    /// @param traits elements of groups below 0020,000E
    private void slice(String name, int place, Consumer<DicomWriter> traits) throws IOException {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT).text(0x0008_0018, "UI", "1.2." + files.size());
        traits.accept(writer);
        files.add(writer.text(0x0020_000E, "UI", "1.2.3")
                .text(0x0020_0013, "IS", Integer.toString(files.size() + 1))
                .text(0x0020_0032, "DS", "0\\0\\" + place)
                .text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
                .image(1, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[] {1, 0})
                .write(folder, name));
    }

    private List<DicomSeries> series() {
        return DicomSeries.among(files, ImageLimits.DEFAULT).series();
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
    void pointsOfTimeAreVolumes() throws IOException {
        for (int place = 0; place < 3; place++) {
            for (int time = 10; time >= 9; time--) {
                String position = Integer.toString(time);
                slice("t" + time + "z" + place, place, writer -> writer.text(TEMPORAL_POSITION, "IS", position));
            }
        }
        List<DicomSeries> series = series();
        assertThat(series).hasSize(2);
        assertThat(names(series.getFirst())).containsExactly("t9z0", "t9z1", "t9z2");
        assertThat(names(series.getLast())).containsExactly("t10z0", "t10z1", "t10z2");
        assertThat(series.getFirst().phase()).hasValue(1);
        assertThat(series.getLast().phase()).hasValue(2);
        assertThat(series.getLast().spacing()).hasValue(1);
        assertThat(kinds(series.getFirst())).containsExactly(DicomSeries.Kind.PHASES);
        assertThat(series.getFirst().findings().getFirst().sentence())
                .isEqualTo("the series shows the same places 2 times, told apart by temporal position; each time is a"
                        + " volume of its own");
        assertThat(series.getLast().findings()).isEmpty();
    }

    /// A missing image of the first echo must not move that of the second into its place.
    @Test
    void equalValuesBelongTogetherWhereOneIsMissing() throws IOException {
        for (int place = 0; place < 5; place++) {
            if (place != 2) {
                slice("short" + place, place, writer -> writer.text(ECHO_TIME, "DS", "4.6"));
            }
            slice("long" + place, place, writer -> writer.text(ECHO_TIME, "DS", "92"));
        }
        List<DicomSeries> series = series();
        assertThat(names(series.getFirst())).containsExactly("short0", "short1", "short3", "short4");
        assertThat(names(series.getLast())).containsExactly("long0", "long1", "long2", "long3", "long4");
        assertThat(kinds(series.getFirst())).containsExactly(DicomSeries.Kind.PHASES, DicomSeries.Kind.GAP);
    }

    @Test
    void triggerTimesDifferFromPlaceToPlace() throws IOException {
        for (int place = 0; place < 3; place++) {
            String early = Integer.toString(9 + 3 * place);
            String late = Integer.toString(100 + 5 * place);
            slice("late" + place, place, writer -> writer.text(TRIGGER_TIME, "DS", late));
            slice("early" + place, place, writer -> writer.text(TRIGGER_TIME, "DS", early));
        }
        List<DicomSeries> series = series();
        assertThat(names(series.getFirst())).containsExactly("early0", "early1", "early2");
        assertThat(names(series.getLast())).containsExactly("late0", "late1", "late2");
    }

    @Test
    void traitsMayCross() throws IOException {
        for (int place = 0; place < 2; place++) {
            for (String echo : List.of("5", "90")) {
                for (String type : List.of("ORIGINAL\\PRIMARY\\M", "ORIGINAL\\PRIMARY\\P")) {
                    slice(
                            type.substring(17) + echo + "z" + place,
                            place,
                            writer -> writer.text(0x0008_0008, "CS", type).text(ECHO_TIME, "DS", echo));
                }
            }
        }
        assertThat(series().stream().map(PhasesTest::names))
                .containsExactly(
                        List.of("M5z0", "M5z1"),
                        List.of("P5z0", "P5z1"),
                        List.of("M90z0", "M90z1"),
                        List.of("P90z0", "P90z1"));
    }

    @Test
    void withoutAnyTraitTheNumbersOfTheFilesTell() throws IOException {
        for (int time = 0; time < 2; time++) {
            for (int place = 0; place < 3; place++) {
                slice("t" + time + "z" + place, place, writer -> {});
            }
        }
        assertThat(series().stream().map(PhasesTest::names))
                .containsExactly(List.of("t0z0", "t0z1", "t0z2"), List.of("t1z0", "t1z1", "t1z2"));
    }

    @Test
    void copiesOfAFileAreNoPhases() throws IOException {
        for (int place = 0; place < 3; place++) {
            slice("z" + place, place, writer -> {});
        }
        for (Path file : List.copyOf(files)) {
            files.add(Files.copy(file, folder.resolve("copy of " + file.getFileName())));
        }
        List<DicomSeries> series = series();
        assertThat(series).hasSize(1);
        assertThat(series.getFirst().slices()).hasSize(3);
        assertThat(series.getFirst().phase()).isEmpty();
        assertThat(series.getFirst().findings().getFirst().sentence()).contains("is a copy of");
        assertThat(kinds(series.getFirst()))
                .containsExactly(DicomSeries.Kind.DUPLICATE, DicomSeries.Kind.DUPLICATE, DicomSeries.Kind.DUPLICATE);
    }

    @Test
    void acquisitionsThatOverlapAtOnePlaceAreOneVolume() throws IOException {
        for (int place = 0; place < 5; place++) {
            slice("first" + place, place, writer -> writer.text(ACQUISITION, "IS", "1"));
        }
        for (int place = 4; place < 9; place++) {
            slice("second" + place, place, writer -> writer.text(ACQUISITION, "IS", "2"));
        }
        List<DicomSeries> series = series();
        assertThat(series).hasSize(1);
        assertThat(series.getFirst().slices()).hasSize(9);
        assertThat(kinds(series.getFirst())).containsExactly(DicomSeries.Kind.DUPLICATE);
    }

    /// Enhanced multi-frame: the functional groups of each frame tell its point of time.
    @Test
    void framesOfOneFileArePhasesToo() throws IOException {
        List<DicomWriter> frames = new ArrayList<>();
        for (int place = 0; place < 2; place++) {
            for (int time = 1; time <= 2; time++) {
                frames.add(DicomWriter.item()
                        .sequence(0x0020_9111, DicomWriter.item().value(0x0020_9128, "UL", DicomWriter.ints(time)))
                        .sequence(0x0020_9113, DicomWriter.item().text(0x0020_0032, "DS", "0\\0\\" + place)));
            }
        }
        DicomWriter shared = DicomWriter.item()
                .sequence(0x0020_9116, DicomWriter.item().text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0"));
        files.add(DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0020_000E, "UI", "1.2.3")
                .image(1, 1, "MONOCHROME2", 1)
                .text(0x0028_0008, "IS", "4")
                .bits(8, 8, 7, false)
                .sequence(0x5200_9229, shared)
                .sequence(0x5200_9230, frames.toArray(DicomWriter[]::new))
                .value(0x7FE0_0010, "OB", new byte[] {1, 2, 3, 4})
                .write(folder, "enhanced"));
        assertThat(series().stream()
                        .map(series -> series.slices().stream()
                                .map(DicomSeries.Slice::frame)
                                .toList()))
                .containsExactly(List.of(0, 2), List.of(1, 3));
    }
}
