@NullMarked
package org.patchlens.analysis.projection.umap;

import org.jspecify.annotations.NullMarked;
