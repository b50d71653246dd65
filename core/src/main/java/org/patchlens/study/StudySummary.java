package org.patchlens.study;

/// What a finished study holds.
///
/// @param images N
/// @param failures inputs that could not be read
/// @param shards folders of images
/// @param bytes of all files
public record StudySummary(int images, int failures, int shards, long bytes) {}
