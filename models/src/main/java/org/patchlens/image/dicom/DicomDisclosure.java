package org.patchlens.image.dicom;

import java.util.Optional;

/// What a study may learn from identifying elements.
///
/// @param identifiers how patient, institution, study and series become pseudonyms; nothing is told without it
/// @param studyDays whether a column `study_day` is written, of which only differences within a patient mean
///     anything
public record DicomDisclosure(Optional<IdentifierHash> identifiers, boolean studyDays) {
    /// Nothing identifying, not even as a pseudonym.
    public static final DicomDisclosure NONE = new DicomDisclosure(Optional.empty(), false);

    /// Pseudonyms, but no days.
    public static DicomDisclosure hashed(IdentifierHash identifiers) {
        return new DicomDisclosure(Optional.of(identifiers), false);
    }

    /// The same with the days between the studies of a patient.
    public DicomDisclosure withStudyDays() {
        return new DicomDisclosure(identifiers, true);
    }
}
