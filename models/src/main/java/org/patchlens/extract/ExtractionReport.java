package org.patchlens.extract;

import java.util.List;
import java.util.Optional;
import org.patchlens.study.FailedInput;
import org.patchlens.study.StudySummary;

/// What an extraction did.
///
/// @param study how big the study is now
/// @param extracted images that this run added; the others were there before
/// @param agreement how close a lower precision than 32-bit floats comes, if this run computed with one
/// @param failures images that could not be read, with the reason
/// @param ignoredFiles files in the folders that do not look like images
/// @param rowsWithoutImage keys of metadata rows that name no image
/// @param imagesWithoutRow ids of images that no metadata row names
/// @param imagesWithoutMask how many images have no mask, in a study with masks
/// @param notes what a user should know of the files, one sentence each
public record ExtractionReport(
        StudySummary study,
        long extracted,
        Optional<PrecisionAgreement> agreement,
        List<FailedInput> failures,
        List<String> ignoredFiles,
        List<String> rowsWithoutImage,
        List<String> imagesWithoutRow,
        long imagesWithoutMask,
        List<String> notes) {
    public ExtractionReport {
        failures = List.copyOf(failures);
        ignoredFiles = List.copyOf(ignoredFiles);
        rowsWithoutImage = List.copyOf(rowsWithoutImage);
        imagesWithoutRow = List.copyOf(imagesWithoutRow);
        notes = List.copyOf(notes);
    }
}
