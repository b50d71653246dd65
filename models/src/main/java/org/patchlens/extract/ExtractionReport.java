package org.patchlens.extract;

import java.util.List;
import org.patchlens.study.FailedInput;
import org.patchlens.study.StudySummary;

/// What an extraction did.
///
/// @param study how big the study is now
/// @param extracted images that this run added; the others were there before
/// @param failures images that could not be read, with the reason
/// @param ignoredFiles files in the folders that do not look like images
/// @param rowsWithoutImage keys of metadata rows that name no image
/// @param imagesWithoutRow ids of images that no metadata row names
/// @param warnings what was assumed, a sentence each
public record ExtractionReport(
        StudySummary study,
        long extracted,
        List<FailedInput> failures,
        List<String> ignoredFiles,
        List<String> rowsWithoutImage,
        List<String> imagesWithoutRow,
        List<String> warnings) {
    public ExtractionReport {
        failures = List.copyOf(failures);
        ignoredFiles = List.copyOf(ignoredFiles);
        rowsWithoutImage = List.copyOf(rowsWithoutImage);
        imagesWithoutRow = List.copyOf(imagesWithoutRow);
        warnings = List.copyOf(warnings);
    }
}
