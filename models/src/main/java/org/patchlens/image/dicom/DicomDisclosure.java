package org.patchlens.image.dicom;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a study may learn from identifying elements.
///
/// @param identifiers how patient, institution, study and series become pseudonyms; nothing is told without it
/// @param studyDays whether a column `study_day` is written, of which only differences within a patient mean
///     anything
/// @param keptTags elements that the user asked for by name, told as they are
public record DicomDisclosure(Optional<IdentifierHash> identifiers, boolean studyDays, List<KeptTag> keptTags) {
    /// Nothing identifying, not even as a pseudonym.
    public static final DicomDisclosure NONE = new DicomDisclosure(Optional.empty(), false, List.of());

    public DicomDisclosure {
        keptTags = List.copyOf(keptTags);
    }

    /// Pseudonyms, but no days.
    public static DicomDisclosure hashed(IdentifierHash identifiers) {
        return new DicomDisclosure(Optional.of(identifiers), false, List.of());
    }

    /// The same with the days between the studies of a patient.
    public DicomDisclosure withStudyDays() {
        return new DicomDisclosure(identifiers, true, keptTags);
    }

    /// The same with elements that the user asked for.
    public DicomDisclosure withKeptTags(List<KeptTag> newKeptTags) {
        return new DicomDisclosure(identifiers, studyDays, newKeptTags);
    }

    Set<Integer> keptElements() {
        return keptTags.stream().map(KeptTag::tag).collect(Collectors.toUnmodifiableSet());
    }
}
