package org.patchlens.study;

/// An input that could not be read and was left out on request.
///
/// @param source the file, as it was given
/// @param reason one sentence
public record SkippedInput(String source, String reason) {}
