/// Tests of the statistics.
@NullMarked
package org.patchlens.stats;

import org.jspecify.annotations.NullMarked;
