@NullMarked
package org.patchlens.analysis.projection.tsne;

import org.jspecify.annotations.NullMarked;
