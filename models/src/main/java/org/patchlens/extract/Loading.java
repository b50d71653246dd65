package org.patchlens.extract;

import java.util.Map;
import java.util.Optional;
import org.patchlens.study.StudyInput;

/// What all threads know of the images of an extraction.
///
/// @param intake how they are read
/// @param opener of their files
/// @param images by what the study calls them
/// @param masks of the images, if there are any
/// @param names in the study
record Loading(
        Intake intake,
        SourceOpener opener,
        Map<StudyInput, PlannedImage> images,
        Optional<MaskPlan> masks,
        StoredNames names) {
    PlannedImage image(StudyInput input) {
        PlannedImage image = images.get(input);
        if (image == null) {
            throw new IllegalArgumentException(input + " was not planned");
        }
        return image;
    }
}
