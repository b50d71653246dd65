package org.patchlens.extract;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchlens.image.dicom.KeptTag;

/// What a study may tell about people.
///
/// @param secret the file with the key of the pseudonyms, outside the study; without it [StudySecret#beside]
/// @param studyDays whether a column `study_day` tells the days between the studies of a patient
/// @param keptTags DICOM elements that are stored as they are
/// @param paths how images and their files are named
public record PrivacyOptions(Optional<Path> secret, boolean studyDays, List<KeptTag> keptTags, PathPrivacy paths) {
    /// Pseudonyms under a key of the study's own, no days, no other elements, paths as they are given.
    public static final PrivacyOptions DEFAULT =
            new PrivacyOptions(Optional.empty(), false, List.of(), PathPrivacy.GIVEN);

    public PrivacyOptions {
        keptTags = List.copyOf(keptTags);
    }

    /// These options with the key in another file.
    public PrivacyOptions withSecret(Path newSecret) {
        return new PrivacyOptions(Optional.of(newSecret), studyDays, keptTags, paths);
    }

    /// These options with the days between the studies of a patient.
    public PrivacyOptions withStudyDays() {
        return new PrivacyOptions(secret, true, keptTags, paths);
    }

    /// These options with DICOM elements that are stored as they are.
    public PrivacyOptions withKeptTags(List<KeptTag> newKeptTags) {
        return new PrivacyOptions(secret, studyDays, newKeptTags, paths);
    }

    /// These options with other names of images and files.
    public PrivacyOptions withPaths(PathPrivacy newPaths) {
        return new PrivacyOptions(secret, studyDays, keptTags, newPaths);
    }

    /// What decides the columns and names of a study, as one line for provenance.
    String canonicalText() {
        String tags = keptTags.stream().map(KeptTag::toString).collect(Collectors.joining(" "));
        return "paths=" + paths.name().toLowerCase(Locale.ROOT) + (studyDays ? " study-days" : "")
                + (tags.isEmpty() ? "" : " keep-tag " + tags);
    }
}
