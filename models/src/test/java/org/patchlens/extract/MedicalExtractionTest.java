package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.image.dicom.KeptTag;
import org.patchlens.image.nifti.NiftiFile;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SliceSelection;
import org.patchlens.model.RandomVit;
import org.patchlens.preprocess.WindowChoice;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scans become studies: slices in anatomical order, with windows, and with columns from their headers.
class MedicalExtractionTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path scans;

    @BeforeEach
    void writeModel() throws IOException {
        model = RandomVit.write(folder.resolve("model"), 1);
        scans = Files.createDirectories(folder.resolve("scans"));
    }

    private ExtractionOptions options(String study) {
        return ExtractionOptions.of(scans, model, folder.resolve(study));
    }

    private Study extract(Intake intake) {
        Extraction.run(options("study").withIntake(intake), Progress.NONE);
        return Study.open(folder.resolve("study"));
    }

    private static List<String> ids(Study study) {
        return study.images().stream().map(StudyImage::id).toList();
    }

    private static List<String> column(Study study, String name) {
        return IntStream.range(0, study.images().size())
                .mapToObj(image -> study.metadata().get(name).text(image).orElse(""))
                .toList();
    }

    @Test
    void theSlicesOfASeriesStandInAnatomicalOrder() {
        SyntheticScans.series(scans, 5);

        try (Study study = extract(Intake.DEFAULT)) {
            assertThat(ids(study)).containsExactly("0005.dcm", "0004.dcm", "0003.dcm", "0002.dcm", "0001.dcm");
            assertThat(column(study, "slice")).containsExactly("0", "1", "2", "3", "4");
            assertThat(column(study, "position_mm")).containsExactly("0.0", "2.5", "5.0", "7.5", "10.0");
            assertThat(column(study, "volume")).containsOnly("0001.dcm");
            assertThat(column(study, "plane")).containsOnly("axial");
            assertThat(column(study, "row_spacing_mm")).containsOnly("0.5");
            assertThat(column(study, "modality")).containsOnly("CT");
            assertThat(column(study, "manufacturer")).containsOnly("ACME");
            assertThat(column(study, "age")).containsOnly("61");
            assertThat(column(study, "patient_hash").getFirst()).matches("[0-9a-f]{32}");
        }
    }

    /// Columns that run to the front make a normal that points to the feet.
    @Test
    void slicesRunToTheHeadAlsoWhereTheirNormalPointsToTheFeet() {
        SyntheticScans.series(scans, 3, "1\\0\\0\\0\\-1\\0");

        try (Study study = extract(Intake.DEFAULT)) {
            assertThat(ids(study)).containsExactly("0003.dcm", "0002.dcm", "0001.dcm");
            assertThat(column(study, "position_mm")).containsExactly("0.0", "2.5", "5.0");
        }
    }

    @Test
    void slicesWithoutPositionsAreSingleImages() throws IOException {
        SyntheticScans.series(scans, 3, "");

        ExtractionReport report = Extraction.run(
                options("study")
                        .withIntake(Intake.DEFAULT.withSlices(
                                SliceOptions.DEFAULT.withSelection(new SliceSelection.Middle()))),
                Progress.NONE);

        assertThat(report.extracted()).isEqualTo(3);
        assertThat(String.join("\n", report.notes())).contains("no slice has a position");
    }

    /// Two points of time in one series: the same slices twice, each a volume with its number.
    @Test
    void pointsOfTimeAreVolumesOfTheirOwn() throws IOException {
        SyntheticScans.series(scans, 3);
        for (int slice = 0; slice < 3; slice++) {
            Path first = scans.resolve(SyntheticScans.fileName(slice, 3));
            String bytes = Files.readString(first, StandardCharsets.ISO_8859_1);
            String number = " \0\u0013\0IS\u0002\0";
            assertThat(bytes).contains(number + (slice + 1));
            Files.writeString(
                    scans.resolve("later" + first.getFileName()),
                    bytes.replace(number + (slice + 1), number + (slice + 4)),
                    StandardCharsets.ISO_8859_1);
        }

        try (Study study = extract(Intake.DEFAULT)) {
            assertThat(ids(study))
                    .containsExactly(
                            "0003.dcm", "0002.dcm", "0001.dcm", "later0003.dcm", "later0002.dcm", "later0001.dcm");
            assertThat(column(study, "phase")).containsExactly("1", "1", "1", "2", "2", "2");
            assertThat(column(study, "volume").subList(2, 4)).containsExactly("0001.dcm", "later0001.dcm");
        }
    }

    @Test
    void everyFrameOfAnAnimationIsAnImageWhereAskedFor() throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("/animations/animations.json")) {
            JsonNode golden = JsonMapper.shared()
                    .readTree(Objects.requireNonNull(stream))
                    .get("cases")
                    .get(0);
            Files.write(
                    scans.resolve("scan.gif"),
                    Base64.getDecoder().decode(golden.get("file").asString()));
        }

        Extraction.run(options("first").withIntake(Intake.DEFAULT.withFrames(AnimationFrames.FIRST)), Progress.NONE);
        try (Study first = Study.open(folder.resolve("first"));
                Study all = extract(Intake.DEFAULT.withFrames(AnimationFrames.ALL))) {
            assertThat(ids(first)).containsExactly("scan.gif");
            assertThat(ids(all)).containsExactly("scan.gif#0", "scan.gif#1", "scan.gif#2", "scan.gif#3", "scan.gif#4");
            assertThat(all.images().getLast().frame()).isEqualTo(4);
            assertThat(all.view(0).samples()).isEqualTo(first.view(0).samples());
            assertThat(all.view(4).samples()).isNotEqualTo(first.view(0).samples());
        }
    }

    @Test
    void aSeriesCanBeCutInAnotherPlane() {
        SyntheticScans.series(scans, 5);

        SliceOptions coronal = SliceOptions.DEFAULT.withPlane(Plane.CORONAL).withSelection(new SliceSelection.Middle());
        try (Study study = extract(Intake.DEFAULT.withSlices(coronal))) {
            assertThat(ids(study)).containsExactly("0001.dcm#8");
            assertThat(study.images().getFirst().width()).isEqualTo(SyntheticScans.SIDE);
            assertThat(study.images().getFirst().height()).isEqualTo(5);
            assertThat(column(study, "row_spacing_mm")).containsExactly("2.5");
            // Row 7 of the files lies at -4 + 7 * 0.5 mm to the back, which is 0.5 mm to the front.
            assertThat(column(study, "position_mm")).containsExactly("0.5");
        }
    }

    @Test
    void chosenSlicesKeepTheirNumbers() {
        SyntheticScans.series(scans, 5);
        SyntheticScans.volume(scans.resolve("brain.nii"));

        SliceOptions second = SliceOptions.DEFAULT.withSelection(new SliceSelection.Every(2));
        try (Study study = extract(Intake.DEFAULT.withSlices(second))) {
            assertThat(ids(study)).containsExactly("0005.dcm", "0003.dcm", "0001.dcm", "brain.nii#0", "brain.nii#2");
            assertThat(column(study, "slice")).containsExactly("0", "2", "4", "0", "2");
            assertThat(column(study, "position_mm").subList(3, 5)).containsExactly("10", "16");
        }
    }

    @Test
    void slicesOfAirAreLeftOutOnRequest() {
        // Slice 0 holds -600 HU at the densest, which is air; from slice 101 on there is matter.
        SyntheticScans.series(scans, 103);

        try (Study study = extract(Intake.DEFAULT.withSlices(SliceOptions.DEFAULT.skippingAir()))) {
            assertThat(column(study, "slice")).containsExactly("101", "102");
        }
    }

    @Test
    void aPairIsOneVolume() throws IOException {
        byte[] whole = Files.readAllBytes(SyntheticScans.volume(folder.resolve("whole.nii")));
        byte[] header = Arrays.copyOf(whole, 348);
        // The magic of a pair, whose voxels begin at the start of their file.
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(345, (byte) 'i')
                .putFloat(108, 0);
        Files.write(scans.resolve("brain.hdr"), header);
        byte[] voxels = Arrays.copyOfRange(whole, 352, whole.length);
        Files.write(scans.resolve("brain.img.gz"), NiftiFile.gzip(voxels));

        try (Study study = extract(Intake.DEFAULT)) {
            assertThat(ids(study)).containsExactly("brain.hdr#0", "brain.hdr#1", "brain.hdr#2", "brain.hdr#3");
        }
    }

    @Test
    void aWindowReachesTheViewAndTheTokens() {
        SyntheticScans.series(scans, 3);

        Extraction.run(options("lung").withIntake(Intake.DEFAULT), Progress.NONE);
        Extraction.run(
                options("bone").withIntake(Intake.DEFAULT.withWindow(WindowChoice.parse("bone"))), Progress.NONE);

        try (Study lung = Study.open(folder.resolve("lung"));
                Study bone = Study.open(folder.resolve("bone"))) {
            // The square holds -598 HU in slice 2; lung shows -1350 to 149, bone -500 to 1299.
            int centre = 16 * 32 + 16;
            assertThat(Byte.toUnsignedInt(lung.view(2).samples()[centre])).isEqualTo(Math.round(255 * 752f / 1499));
            assertThat(bone.view(2).samples()[centre]).isZero();
            assertThat(lung.embeddings(2, Layer.LAST).tokens())
                    .isNotEqualTo(bone.embeddings(2, Layer.LAST).tokens());
            assertThat(lung.manifest().provenance().preprocessing())
                    .contains("window default(HU:lung(-600/1500),else:auto); plane=natural slices=all; paths=given");
            assertThat(bone.manifest().provenance().preprocessing()).contains("window bone(400/1800)");
        }
    }

    @Test
    void threeWindowsFillThreeChannels() {
        SyntheticScans.series(scans, 1);

        try (Study study = extract(Intake.DEFAULT.withWindow(WindowChoice.parse("-600/11,-595/11,-605/11")))) {
            // -600 HU: black at centre - 5.5, white at centre + 4.5.
            int centre = 3 * (16 * 32 + 16);
            assertThat(study.view(0).channels()).isEqualTo(3);
            assertThat(Byte.toUnsignedInt(study.view(0).samples()[centre])).isBetween(139, 141);
            assertThat(Byte.toUnsignedInt(study.view(0).samples()[centre + 1])).isBetween(12, 13);
            assertThat(Byte.toUnsignedInt(study.view(0).samples()[centre + 2])).isEqualTo(255);
        }
    }

    @Test
    void aWindowInAnotherUnitIsRefusedBeforeAnyWork() {
        SyntheticImages.write(scans, 2);

        assertThatThrownBy(() -> extract(Intake.DEFAULT.withWindow(WindowChoice.parse("lung"))))
                .isInstanceOfSatisfying(
                        PatchlensException.class,
                        e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.USAGE))
                .hasMessageContaining(
                        "0000.png: this window is in Hounsfield units, but the image is an 8-bit picture");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void oneImageThatTheWindowDoesNotSuitFailsAlone() {
        SyntheticScans.series(scans, 2);
        SyntheticImages.write(scans.resolve("more"), 1);

        ExtractionReport report = Extraction.run(
                options("study").withIntake(Intake.DEFAULT.withWindow(WindowChoice.parse("lung"))), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(2);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.input().id()).isEqualTo("more/0000.png");
            assertThat(failure.reason()).contains("this window is in Hounsfield units");
        });
    }

    @Test
    void gapsAndDuplicatesAreTold() throws IOException {
        SyntheticScans.series(scans, 6);
        Files.delete(scans.resolve(SyntheticScans.fileName(3, 6)));
        Files.copy(scans.resolve(SyntheticScans.fileName(5, 6)), scans.resolve("copy.dcm"));

        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(5);
        assertThat(String.join("\n", report.notes()))
                .contains("[0001.dcm] 5.00 mm lie between 0004.dcm and 0002.dcm; 2.50 mm are usual here.")
                .contains("lies at the same place as");
    }

    @Test
    void rowsOfATableNameFilesOrSlices() throws IOException {
        SyntheticScans.series(scans, 3);
        SyntheticScans.volume(scans.resolve("brain.nii"));
        Path table = folder.resolve("labels.csv");
        Files.writeString(table, "file,label\n0002.dcm,covid\nbrain.nii,brain\nbrain.nii#1,ventricle\n");

        ExtractionReport report = Extraction.run(options("study").withMetadata(table, Optional.empty()), Progress.NONE);

        assertThat(report.rowsWithoutImage()).isEmpty();
        assertThat(report.imagesWithoutRow()).containsExactly("0003.dcm", "0001.dcm");
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(column(study, "label")).containsExactly("", "covid", "", "brain", "ventricle", "brain", "brain");
        }
    }

    @Test
    void threadsAndInterruptionsDoNotChangeAByteOfAScan() {
        SyntheticScans.series(scans, 150);
        SyntheticScans.volume(scans.resolve("brain.nii"));
        PrivacyOptions privacy = PrivacyOptions.DEFAULT.withSecret(folder.resolve("key"));
        ExtractionOptions single = options("reference")
                .withIntake(Intake.DEFAULT.withPrivacy(privacy))
                .withEffort(new Effort(1, OptionalInt.of(1)));
        Extraction.run(single, Progress.NONE);
        ExtractionOptions several = options("study")
                .withIntake(Intake.DEFAULT.withPrivacy(privacy))
                .withEffort(new Effort(3, OptionalInt.of(2)));

        assertThatThrownBy(() -> Extraction.run(several, (stage, done, total) -> {
                    if (stage.equals("extract") && done >= 140) {
                        throw PatchlensException.interrupted("extract", "stop", "");
                    }
                }))
                .hasMessageContaining("Run the same command again");
        Extraction.run(several, Progress.NONE);

        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void anElementOfTheHeaderIsKeptOnlyIfItIsAskedFor() {
        SyntheticScans.series(scans, 2);
        PrivacyOptions privacy = PrivacyOptions.DEFAULT.withKeptTags(List.of(KeptTag.parse("SeriesDescription")));

        Extraction.run(options("plain"), Progress.NONE);
        ExtractionReport report =
                Extraction.run(options("kept").withIntake(Intake.DEFAULT.withPrivacy(privacy)), Progress.NONE);

        assertThat(String.join("\n", report.notes())).contains("SeriesDescription(0008,103E) as it is");
        try (Study plain = Study.open(folder.resolve("plain"));
                Study kept = Study.open(folder.resolve("kept"))) {
            assertThat(plain.metadata().find("SeriesDescription")).isEmpty();
            assertThat(column(kept, "SeriesDescription")).containsOnly("thorax 2.5");
            assertThat(kept.manifest().provenance().preprocessing()).contains("keep-tag SeriesDescription(0008,103E)");
        }
    }

    @Test
    void aRealSeriesIsExtractedInLungWindow() {
        scans = Shared.path("data/ct/dicom/covid_P001");
        assertThat(scans).isDirectory();

        try (Study study = extract(Intake.DEFAULT.withWindow(WindowChoice.parse("lung")))) {
            // The positions of the slices as the table of the data has them, from the feet up.
            assertThat(column(study, "position_mm").getFirst()).startsWith("-294.1");
            assertThat(study.images().getFirst().id()).isEqualTo("98C14734-ASSH_27.dcm");
            assertThat(column(study, "sex")).containsOnly("M");
            assertThat(column(study, "kernel")).containsOnly("D40s");
        }
    }

    @Test
    void aRealNiftiVolumeIsCutIntoItsSlices() {
        scans = Shared.path("data/nifti/files/nb_anatomical.nii");

        try (Study study = extract(Intake.DEFAULT)) {
            // Oracle: nibabel's affine of this file, 25 slices from -16 mm on, 2 mm apart.
            assertThat(ids(study)).hasSize(25).startsWith("nb_anatomical.nii#0").endsWith("nb_anatomical.nii#24");
            assertThat(column(study, "position_mm")).startsWith("-16").endsWith("32");
            assertThat(study.images().getFirst().width()).isEqualTo(33);
            assertThat(study.images().getFirst().height()).isEqualTo(41);
        }
    }
}
