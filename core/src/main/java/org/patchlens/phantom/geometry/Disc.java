package org.patchlens.phantom.geometry;

/// A circle in a plane of constant z that encloses what is to be drawn.
///
/// @param x of the centre, in millimetres
/// @param y of the centre, in millimetres
/// @param radius in millimetres
public record Disc(double x, double y, double radius) {}
