package org.patchlens.extract;

import java.nio.file.Path;
import java.util.Optional;

/// Where the masks of the images are.
///
/// @param folder with the masks
/// @param column of the user's table that names the mask of each image, relative to the folder; without it the
///     mask is called like its image
/// @param classes a JSON file with the names of the labels; without it the labels that occur are the classes
public record MaskOptions(Path folder, Optional<String> column, Optional<Path> classes) {
    /// Masks that are called like their images, with classes called like their labels.
    public static MaskOptions of(Path folder) {
        return new MaskOptions(folder, Optional.empty(), Optional.empty());
    }

    /// These options with a column that names the masks.
    public MaskOptions withColumn(String newColumn) {
        return new MaskOptions(folder, Optional.of(newColumn), classes);
    }

    /// These options with names of the labels.
    public MaskOptions withClasses(Path newClasses) {
        return new MaskOptions(folder, column, Optional.of(newClasses));
    }
}
