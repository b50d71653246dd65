package org.patchlens.patch;

import org.patchlens.tensor.FloatMatrix;

/// What patches are compared with: a direction, in the form in which stored rows are multiplied with it.
///
/// The similarity of a stored row x is (x . vector - offset) / |W (x - m)|, as [PatchSimilarity] computes it.
///
/// @param vector `float[1][D]`; zeros where the query equals the mean, which is similar to nothing
/// @param offset the product of the mean with the vector
/// @param direction `float[1][D]`: W (q - m) of the query q at length 1, or zeros
public record PatchQuery(FloatMatrix vector, float offset, FloatMatrix direction) {}
