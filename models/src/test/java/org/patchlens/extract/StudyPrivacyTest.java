package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.analysis.Progress;
import org.patchlens.image.dicom.DicomWriter;
import org.patchlens.model.RandomVit;
import org.patchlens.study.Study;

/// A study of files that are full of identifiers holds none of them.
class StudyPrivacyTest {
    private static final List<String> TEXTS = List.of(
            "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT");
    private static final List<String> BYTES =
            List.of("AT", "FL", "FD", "SL", "SS", "UL", "US", "OB", "OD", "OF", "OL", "OV", "OW", "SV", "UN", "UV");
    private static final String NAME = "Quirrelmann";
    private static final String IN_THE_PATH = "Zebedee";
    private static final String PATIENT = "PID-90210-X";
    private static final String UID = "1.2.826.0.1.77";
    private static final List<String> PLANTED = List.of(NAME, PATIENT, UID, "19310203", "20240131", "St Elsewhere");

    @TempDir
    private Path folder;

    private Path model;
    private Path scans;

    @BeforeEach
    void writeModel() throws IOException {
        model = RandomVit.write(folder.resolve("model"), 1);
        scans = Files.createDirectories(folder.resolve("scans"));
    }

    private ExtractionOptions options(PrivacyOptions privacy) {
        return ExtractionOptions.of(scans, model, folder.resolve("study"))
                .withIntake(Intake.DEFAULT.withPrivacy(privacy));
    }

    /// A slice whose every element, public or private, and whose sequences tell who the patient is.
    private static DicomWriter planted(int slice) {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0008_0018, "UI", UID + ".5." + slice)
                .text(0x0008_0020, "DA", "20240131")
                .text(0x0008_0060, "CS", "CT")
                .text(0x0008_0080, "LO", "St Elsewhere")
                .text(0x0008_1030, "LO", NAME + " thorax");
        int element = 0x0008_9100;
        for (String representation : TEXTS) {
            writer.text(element++, representation, NAME).text(0x0009_1000 + (element & 0xFF), representation, NAME);
        }
        for (String representation : BYTES) {
            byte[] value = (NAME + " ").getBytes(StandardCharsets.US_ASCII);
            writer.value(element++, representation, value).value(0x0009_1100 + (element & 0xFF), representation, value);
        }
        return writer.sequence(0x0008_1140, DicomWriter.item().text(0x0010_0010, "PN", NAME))
                .text(0x0010_0010, "PN", NAME + "^Ada")
                .text(0x0010_0020, "LO", PATIENT)
                .text(0x0010_0030, "DA", "19310203")
                .text(0x0010_4000, "LT", NAME)
                .text(0x0011_1001, "LO", NAME)
                .text(0x0020_000D, "UI", UID + ".1")
                .text(0x0020_000E, "UI", UID + ".2")
                .text(0x0020_0013, "IS", Integer.toString(slice))
                .text(0x0020_0032, "DS", "0\\0\\" + slice)
                .text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
                .text(0x0020_4000, "LT", NAME)
                .image(8, 8, "MONOCHROME2", 1)
                .text(0x0028_0030, "DS", "1\\1")
                .text(0x0028_4000, "LT", NAME)
                .bits(16, 16, 15, true);
    }

    private void writeFiles() {
        try {
            Path named = Files.createDirectories(scans.resolve(IN_THE_PATH + "_1931"));
            for (int slice = 0; slice < 3; slice++) {
                planted(slice).pixels(new byte[128]).write(named, IN_THE_PATH + slice + ".dcm");
            }
            planted(7).pixels(new byte[100]).text(0x7FE1_0010, "LO", NAME).write(scans, IN_THE_PATH + "-torn.dcm");
            planted(8).write(scans, IN_THE_PATH + "-without-pixels.dcm");
            Files.writeString(scans.resolve(IN_THE_PATH + "-text.dcm"), NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every byte of the study, and the table's columns without their compression.
    private String everything() {
        StringBuilder all = new StringBuilder();
        Path study = folder.resolve("study");
        try (Stream<Path> files = Files.walk(study)) {
            for (Path file : files.toList()) {
                all.append(study.relativize(file)).append('\n');
                if (Files.isRegularFile(file)) {
                    byte[] bytes = Files.readAllBytes(file);
                    all.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
                    all.append(new String(bytes, StandardCharsets.UTF_16LE)).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Study opened = Study.open(study)) {
            opened.images().forEach(image -> all.append(image).append('\n'));
            opened.metadata().columns().forEach(column -> all.append(column).append('\n'));
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static List<String> found(String text, List<String> planted) {
        return planted.stream()
                .filter(word -> text.contains(word.toLowerCase(Locale.ROOT)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(PathPrivacy.class)
    void noIdentifierOfAHeaderIsInTheStudy(PathPrivacy paths) {
        writeFiles();

        ExtractionReport report =
                Extraction.run(options(PrivacyOptions.DEFAULT.withStudyDays().withPaths(paths)), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(3);
        assertThat(report.failures()).hasSize(3);
        String everything = everything();
        assertThat(everything).contains("patient_hash", "series_hash", "study_day");
        assertThat(found(everything, PLANTED)).isEmpty();
    }

    @Test
    void hashedPathsHideTheNamesOfFiles() throws IOException {
        writeFiles();
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "file,label\n" + IN_THE_PATH + "1.dcm,covid\n");

        ExtractionReport report = Extraction.run(
                options(PrivacyOptions.DEFAULT.withPaths(PathPrivacy.HASHED)).withMetadata(table, Optional.empty()),
                Progress.NONE);

        assertThat(report.rowsWithoutImage()).isEmpty();
        String everything = everything();
        List<String> planted = new ArrayList<>(PLANTED);
        planted.addAll(List.of(IN_THE_PATH, folder.toString(), "scans"));
        assertThat(found(everything, planted)).isEmpty();
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.images()).allSatisfy(image -> {
                assertThat(image.id()).matches("[0-9a-f]{32}\\.dcm");
                assertThat(image.source()).isEqualTo(image.id());
            });
            assertThat(study.metadata().get("label").counts()).containsOnly(Map.entry("covid", 1));
            assertThat(study.metadata().find("file")).isEmpty();
        }
    }

    @Test
    void relativePathsHideTheFolder() {
        writeFiles();

        Extraction.run(options(PrivacyOptions.DEFAULT.withPaths(PathPrivacy.RELATIVE)), Progress.NONE);

        assertThat(found(everything(), List.of(folder.toString()))).isEmpty();
        assertThat(everything()).contains(IN_THE_PATH.toLowerCase(Locale.ROOT) + "0.dcm");
    }

    @Test
    void theSecretLiesBesideTheStudyAndOnlyItsOwnerReadsIt() throws IOException {
        writeFiles();
        Extraction.run(options(PrivacyOptions.DEFAULT), Progress.NONE);
        Path secret = folder.resolve("study.secret");
        String key = Files.readString(secret);

        assertThat(key).matches("[0-9a-f]{64}\n");
        if (secret.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        assertThat(found(everything(), List.of(key.strip()))).isEmpty();
        Extraction.run(options(PrivacyOptions.DEFAULT), Progress.NONE);
        assertThat(secret).hasContent(key);
    }

    @Test
    void aStudyWhoseSecretIsLostIsNotContinuedWithAnother() throws IOException {
        writeFiles();
        Extraction.run(options(PrivacyOptions.DEFAULT), Progress.NONE);
        Files.delete(folder.resolve("study.secret"));

        assertThatThrownBy(() -> Extraction.run(options(PrivacyOptions.DEFAULT), Progress.NONE))
                .hasMessageContaining("is there but not the secret of its pseudonyms");

        Path other = Files.writeString(folder.resolve("other"), "another key that is long enough");
        assertThatThrownBy(() -> Extraction.run(options(PrivacyOptions.DEFAULT.withSecret(other)), Progress.NONE))
                .hasMessageContaining("preprocessing: the study has");
    }

    @Test
    void aSecretInTheStudyIsRefused() {
        writeFiles();
        Path inside = folder.resolve("study").resolve("key");

        assertThatThrownBy(() -> Extraction.run(options(PrivacyOptions.DEFAULT.withSecret(inside)), Progress.NONE))
                .hasMessageContaining("whoever gets the study would have it");
    }

    @Test
    void aStudyOfPicturesNeedsNoSecret() {
        SyntheticImages.write(scans, 1);

        Extraction.run(options(PrivacyOptions.DEFAULT), Progress.NONE);

        assertThat(folder.resolve("study.secret")).doesNotExist();
    }
}
