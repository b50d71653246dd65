package org.patchlens.phantom.scanner;

/// A reconstruction kernel: how sharp it draws, and the colour of the noise that follows from it.
///
/// @param blur standard deviation of the point spread, in millimetres
/// @param sharpening how much of the difference to a wider blur is added
/// @param grain standard deviation of the noise's finest structure, in millimetres
public record Kernel(double blur, double sharpening, double grain) {}
