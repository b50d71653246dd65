/// The patches of a study as rows: stored rows, norms, the rule for outliers, what all patches have in common, and
/// the similarity of one patch to any other. Analyses and the explorer build on it.
@NullMarked
package org.patchlens.patch;

import org.jspecify.annotations.NullMarked;
