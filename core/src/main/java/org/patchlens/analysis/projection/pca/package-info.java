/// What principal components show by themselves.
@NullMarked
package org.patchlens.analysis.projection.pca;

import org.jspecify.annotations.NullMarked;
