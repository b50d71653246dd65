/// What tokens read from each other: one head or their mean, one layer or the rollout over all, any query token.
@NullMarked
package org.patchlens.analysis.attention;

import org.jspecify.annotations.NullMarked;
