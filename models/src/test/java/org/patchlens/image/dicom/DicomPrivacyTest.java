package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;

/// Nothing that identifies a person leaves the reader.
class DicomPrivacyTest {
    private static final String PLANTED = "DOE JANE";
    private static final List<String> TEXTS = List.of(
            "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT");
    private static final List<String> BYTES =
            List.of("AT", "FL", "FD", "SL", "SS", "UL", "US", "OB", "OD", "OF", "OL", "OV", "OW", "SV", "UN", "UV");
    private static final IdentifierHash HASH =
            IdentifierHash.withKey("sixteen bytes at least".getBytes(StandardCharsets.US_ASCII));

    /// A file with the planted name in an element of every representation, public and private, in a sequence too.
    private static DicomWriter planted() {
        DicomWriter writer = DicomWriter.file(DicomWriter.EXPLICIT);
        int element = 0x0008_0100;
        for (String representation : TEXTS) {
            writer.text(element++, representation, PLANTED).text(0x0009_1000 + element, representation, PLANTED);
        }
        for (String representation : BYTES) {
            byte[] value = PLANTED.getBytes(StandardCharsets.US_ASCII);
            writer.value(element++, representation, value).value(0x0011_1000 + element, representation, value);
        }
        writer.sequence(0x0008_1140, DicomWriter.item().text(0x0010_0010, "PN", PLANTED));
        return identified(writer);
    }

    private static DicomWriter identified(DicomWriter writer) {
        return writer.text(0x0008_0020, "DA", "20240131")
                .text(0x0008_0060, "CS", "CT")
                .text(0x0008_0080, "LO", PLANTED + " HOSPITAL")
                .text(0x0008_0081, "ST", PLANTED)
                .text(0x0008_1010, "SH", PLANTED)
                .text(0x0008_1030, "LO", PLANTED)
                .text(0x0010_0010, "PN", PLANTED)
                .text(0x0010_0020, "LO", PLANTED + " 0815")
                .text(0x0010_0030, "DA", "19310203")
                .text(0x0010_0040, "CS", "F")
                .text(0x0018_0015, "CS", "CHEST")
                .text(0x0020_000D, "UI", "1.2.3.4711")
                .text(0x0020_000E, "UI", "1.2.3.4712")
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[] {1, 2});
    }

    private static SequencedMap<String, String> metadata(Path file, DicomDisclosure disclosure) {
        try (DicomFile dicom = new DicomReader(disclosure).open(file, ImageLimits.DEFAULT)) {
            return dicom.metadata();
        }
    }

    @Test
    void plantedNamesAndDatesStayInTheFile(@TempDir Path folder) throws IOException {
        Path file = planted().write(folder, "planted.dcm");
        SequencedMap<String, String> columns =
                metadata(file, DicomDisclosure.hashed(HASH).withStudyDays());
        assertThat(columns).containsEntry("modality", "CT").containsEntry("body_part", "CHEST");
        assertThat(columns.keySet())
                .containsExactly(
                        "modality",
                        "body_part",
                        "sex",
                        "age",
                        "photometric",
                        "institution_hash",
                        "patient_hash",
                        "study_hash",
                        "series_hash",
                        "study_day");
        assertThat(columns.toString()).doesNotContain("DOE", "JANE", "0815", "4711", "4712", "2024", "1931", "0131");
    }

    @Test
    void withoutAKeyThereAreNoPseudonyms(@TempDir Path folder) throws IOException {
        Path file = planted().write(folder, "planted.dcm");
        assertThat(metadata(file, DicomDisclosure.NONE).keySet())
                .containsExactly("modality", "body_part", "sex", "age", "photometric");
    }

    @Test
    void aCodeThatIsNoCodeIsLeftOut(@TempDir Path folder) throws IOException {
        Path file = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0008_0060, "CS", "Jane Doe")
                .text(0x0010_0040, "CS", "JANE")
                .text(0x0010_1010, "AS", "Jane")
                .text(0x0018_0015, "CS", "chest of Jane")
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[2])
                .write(folder, "codes.dcm");
        assertThat(metadata(file, DicomDisclosure.NONE).keySet()).containsExactly("photometric");
    }

    @Test
    void errorsDoNotQuoteTheHeader(@TempDir Path folder) throws IOException {
        Path file = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0028_0004, "CS", PLANTED)
                .text(0x0028_0008, "IS", PLANTED)
                .number(0x0028_0010, 1)
                .number(0x0028_0011, 2)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[2])
                .write(folder, "bad.dcm");
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                PatchlensException.class, () -> metadata(file, DicomDisclosure.NONE))
                        .getMessage())
                .doesNotContain("DOE")
                .contains("[bad.dcm]");
    }

    @Test
    void agesAboveEightyNineAreOneGroup(@TempDir Path folder) throws IOException {
        Path file = planted().write(folder, "old.dcm");
        assertThat(metadata(file, DicomDisclosure.NONE)).containsEntry("age", "90");
    }

    @Test
    void daysBetweenStudiesOfAPatientAreKept(@TempDir Path folder) throws IOException {
        DicomDisclosure disclosure = DicomDisclosure.hashed(HASH).withStudyDays();
        long first = day(folder, "20240131", "A", disclosure);
        long second = day(folder, "20240302", "A", disclosure);
        long other = day(folder, "20240131", "B", disclosure);
        assertThat(second - first).isEqualTo(31);
        assertThat(other).isNotEqualTo(first);
    }

    private static long day(Path folder, String date, String patient, DicomDisclosure disclosure) throws IOException {
        Path file = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0008_0020, "DA", date)
                .text(0x0010_0020, "LO", patient)
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[2])
                .write(folder, "day.dcm");
        return Long.parseLong(String.valueOf(metadata(file, disclosure).get("study_day")));
    }

    @Test
    void aPseudonymDependsOnKeyKindAndIdentifier() {
        IdentifierHash other = IdentifierHash.withKey("another secret key.".getBytes(StandardCharsets.US_ASCII));
        // Oracle: Python's hmac.new(key, b"patient\0" + b"0815", "sha256").hexdigest()[:32].
        assertThat(HASH.of("patient", "0815")).isEqualTo("5718702f29466a627d3f46e43204f797");
        assertThat(Map.of(
                        HASH.of("patient", "0815"), 1,
                        HASH.of("study", "0815"), 2,
                        HASH.of("patient", "0816"), 3,
                        other.of("patient", "0815"), 4))
                .hasSize(4);
    }

    @Test
    void burnedInTextIsWarnedOf(@TempDir Path folder) throws IOException {
        Path ultrasound = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0008_0060, "CS", "US")
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .value(0x7FE0_0010, "OB", new byte[2])
                .write(folder, "us.dcm");
        assertThat(metadata(ultrasound, DicomDisclosure.NONE).get("warning")).contains("burned-in text is likely");
        Path clean = DicomWriter.file(DicomWriter.EXPLICIT)
                .text(0x0008_0060, "CS", "US")
                .image(2, 1, "MONOCHROME2", 1)
                .bits(8, 8, 7, false)
                .text(0x0028_0301, "CS", "NO")
                .value(0x7FE0_0010, "OB", new byte[2])
                .write(folder, "clean.dcm");
        assertThat(metadata(clean, DicomDisclosure.NONE)).doesNotContainKey("warning");
    }
}
