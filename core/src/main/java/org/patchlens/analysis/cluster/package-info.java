/// Groups of patches or images, and what is known of each: where it lies, whom it occurs in, what is typical of
/// it.
@NullMarked
package org.patchlens.analysis.cluster;

import org.jspecify.annotations.NullMarked;
