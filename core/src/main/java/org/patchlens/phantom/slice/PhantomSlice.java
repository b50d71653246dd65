package org.patchlens.phantom.slice;

/// One image with its truth.
///
/// @param size pixels of a side
/// @param pixel side of a pixel in millimetres
/// @param hounsfield `size` x `size` values, row by row, -1024 to 3071
/// @param labels of the tissues, as many
@SuppressWarnings("ArrayRecordComponent") // handed over once and written; never compared
public record PhantomSlice(int size, double pixel, short[] hounsfield, byte[] labels) {}
