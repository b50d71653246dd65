package org.patchlens.patch;

/// A patch that was found.
///
/// @param image index in the study
/// @param patch number in the grid, row by row
/// @param similarity -1 to 1
public record PatchHit(int image, int patch, float similarity) {}
