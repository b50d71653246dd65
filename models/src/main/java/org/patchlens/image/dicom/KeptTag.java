package org.patchlens.image.dicom;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.PatchlensException;
import org.patchlens.image.dicom.dataset.Tag;

/// A header element that a user wants in the study although it may identify a person: a value of `--keep-tag`.
///
/// @param tag group in the high, element in the low 16 bits; its value is text
/// @param column of the study
public record KeptTag(int tag, String column) {
    private static final Pattern NUMBER = Pattern.compile("\\(?([0-9a-fA-F]{4}),([0-9a-fA-F]{4})\\)?");

    /// Elements of PS3.6 that people ask for; all others by their numbers.
    private static final Map<String, Integer> KEYWORDS = Map.ofEntries(
            Map.entry("ImageType", 0x0008_0008),
            Map.entry("SOPInstanceUID", 0x0008_0018),
            Map.entry("StudyDate", 0x0008_0020),
            Map.entry("SeriesDate", 0x0008_0021),
            Map.entry("AcquisitionDate", 0x0008_0022),
            Map.entry("StudyTime", 0x0008_0030),
            Map.entry("AccessionNumber", 0x0008_0050),
            Map.entry("InstitutionName", 0x0008_0080),
            Map.entry("ReferringPhysicianName", 0x0008_0090),
            Map.entry("StationName", 0x0008_1010),
            Map.entry("StudyDescription", 0x0008_1030),
            Map.entry("SeriesDescription", 0x0008_103E),
            Map.entry("InstitutionalDepartmentName", 0x0008_1040),
            Map.entry("PatientName", 0x0010_0010),
            Map.entry("PatientID", 0x0010_0020),
            Map.entry("PatientBirthDate", 0x0010_0030),
            Map.entry("PatientSize", 0x0010_1020),
            Map.entry("PatientWeight", 0x0010_1030),
            Map.entry("EthnicGroup", 0x0010_2160),
            Map.entry("ContrastBolusAgent", 0x0018_0010),
            Map.entry("ScanningSequence", 0x0018_0020),
            Map.entry("SequenceName", 0x0018_0024),
            Map.entry("RepetitionTime", 0x0018_0080),
            Map.entry("EchoTime", 0x0018_0081),
            Map.entry("MagneticFieldStrength", 0x0018_0087),
            Map.entry("DeviceSerialNumber", 0x0018_1000),
            Map.entry("SoftwareVersions", 0x0018_1020),
            Map.entry("ProtocolName", 0x0018_1030),
            Map.entry("ReconstructionDiameter", 0x0018_1100),
            Map.entry("ExposureTime", 0x0018_1150),
            Map.entry("XRayTubeCurrent", 0x0018_1151),
            Map.entry("Exposure", 0x0018_1152),
            Map.entry("FilterType", 0x0018_1160),
            Map.entry("PatientPosition", 0x0018_5100),
            Map.entry("StudyInstanceUID", 0x0020_000D),
            Map.entry("SeriesInstanceUID", 0x0020_000E),
            Map.entry("StudyID", 0x0020_0010),
            Map.entry("SeriesNumber", 0x0020_0011),
            Map.entry("InstanceNumber", 0x0020_0013),
            Map.entry("ImageLaterality", 0x0020_0062),
            Map.entry("ImageComments", 0x0020_4000));

    /// Reads a keyword of the standard or `(gggg,eeee)`.
    ///
    /// @throws PatchlensException if it is neither, or a private element
    public static KeptTag parse(String text) {
        String choice = text.strip();
        Matcher number = NUMBER.matcher(choice);
        if (number.matches()) {
            return numbered(
                    choice, Integer.parseInt(number.group(1), 16) << 16 | Integer.parseInt(number.group(2), 16));
        }
        return KEYWORDS.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(choice))
                .map(entry -> new KeptTag(entry.getValue(), entry.getKey()))
                .findFirst()
                .orElseThrow(() -> PatchlensException.usage(
                        "--keep-tag " + text,
                        "no such keyword is known",
                        "Use the number of the element, such as (0008,103E)"));
    }

    private static KeptTag numbered(String choice, int tag) {
        int group = tag >>> 16;
        if (group % 2 == 1) {
            throw PatchlensException.usage(
                    "--keep-tag " + choice,
                    "this element is private, and nobody knows what private elements hold",
                    "Convert what you need into a column of a table and give it with --metadata");
        }
        if (group < 0x0008 || group == 0x7FE0) {
            throw PatchlensException.usage("--keep-tag " + choice, "this element does not describe the image", "");
        }
        List<String> keywords = KEYWORDS.entrySet().stream()
                .filter(entry -> entry.getValue() == tag)
                .map(Map.Entry::getKey)
                .toList();
        return new KeptTag(tag, keywords.isEmpty() ? "tag" + Tag.name(tag) : keywords.getFirst());
    }

    @Override
    public String toString() {
        return column.startsWith("tag") ? Tag.name(tag) : column + Tag.name(tag);
    }
}
