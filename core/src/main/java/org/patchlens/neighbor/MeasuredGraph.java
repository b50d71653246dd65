package org.patchlens.neighbor;

/// A graph of neighbours and how many of them are the nearest.
///
/// @param graph of neighbours
/// @param recall the share of the K nearest points that are in it: 1 for an exact search, else measured on a
///     sample
public record MeasuredGraph(NeighborGraph graph, double recall) {}
