/// Tests of the statistics.
@org.jspecify.annotations.NullMarked
package org.patchlens.stats;
