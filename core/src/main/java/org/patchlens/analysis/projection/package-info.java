/// Maps of patches or images: high-dimensional embeddings as points in a plane or in space.
@NullMarked
package org.patchlens.analysis.projection;

import org.jspecify.annotations.NullMarked;
