package org.patchlens.study;

/// An input that could not be read and is not among the images.
///
/// @param input which one
/// @param reason one sentence
public record FailedInput(StudyInput input, String reason) {}
