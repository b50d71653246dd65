/// Measurements of whole jobs beside the peers, in one run, as ratios; each with a gate that both sides computed
/// the same.
@NullMarked
package org.patchlens.benchmark;

import org.jspecify.annotations.NullMarked;
