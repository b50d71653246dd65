/// UMAP in two and three dimensions: McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold Approximation and
/// Projection for Dimension Reduction".
///
/// What is our own is the optimiser: every point moves itself only, and points that are no neighbours of each
/// other move at the same time, so that the map does not depend on threads; see
/// [org.patchlens.analysis.projection.umap.Optimizer].
@NullMarked
package org.patchlens.analysis.projection.umap;

import org.jspecify.annotations.NullMarked;
