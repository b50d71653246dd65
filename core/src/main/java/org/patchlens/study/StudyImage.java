package org.patchlens.study;

/// One image of a study.
///
/// @param index 0 to N - 1, in the order of the sorted inputs
/// @param id how users name it: the path below the folder that was given, `/` between folders; for one frame of
///     several, followed by `#` and its number
/// @param source the file it came from, as it was given
/// @param frame of the file, from 0
/// @param sha256 of the file, 64 lower-case hexadecimal digits
/// @param width of the decoded image in pixels, after its orientation was applied
/// @param height of the decoded image in pixels, after its orientation was applied
public record StudyImage(int index, String id, String source, int frame, String sha256, int width, int height) {}
