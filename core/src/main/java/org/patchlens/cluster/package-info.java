/// Groups of points: k-means, and HDBSCAN over the neighbour graph that projections use too. How good a grouping
/// is, and how alike two are.
@NullMarked
package org.patchlens.cluster;

import org.jspecify.annotations.NullMarked;
