package org.patchlens.extract;

import java.nio.file.Path;

/// Where the pixels of one image come from.
sealed interface ImageSource {
    /// A frame of a file.
    record Frame(Path file, int frame) implements ImageSource {}

    /// A slice of a NIfTI volume.
    ///
    /// @param index of the slice among all of its plane
    record VolumeSlice(Path file, int index) implements ImageSource {}

    /// A slice of a DICOM series.
    ///
    /// @param index of the slice among all of its plane
    record SeriesSlice(SeriesStack stack, int index) implements ImageSource {}

    /// A file that is known not to be readable.
    ///
    /// @param reason one sentence
    record Unreadable(Path file, String reason) implements ImageSource {}

    /// The file that holds the image, or the first of several.
    default Path file() {
        return switch (this) {
            case Frame(Path file, int frame) -> file;
            case VolumeSlice(Path file, int index) -> file;
            case SeriesSlice(SeriesStack stack, int index) ->
                stack.acquired()
                        ? stack.slice(index).file()
                        : stack.series().slices().getFirst().file();
            case Unreadable(Path file, String reason) -> file;
        };
    }

    /// The number that tells the images of a file apart.
    default int frame() {
        return switch (this) {
            case Frame(Path file, int frame) -> frame;
            case VolumeSlice(Path file, int index) -> index;
            case SeriesSlice(SeriesStack stack, int index) ->
                stack.acquired() ? stack.slice(index).frame() : index;
            case Unreadable(Path file, String reason) -> 0;
        };
    }
}
