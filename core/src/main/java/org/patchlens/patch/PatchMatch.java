package org.patchlens.patch;

/// Two patches of two images, each the most similar to the other in its image.
///
/// @param patch number in the first image
/// @param other number in the other image
/// @param similarity -1 to 1
public record PatchMatch(int patch, int other, float similarity) {}
