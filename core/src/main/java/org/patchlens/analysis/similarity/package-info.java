/// How similar a patch is to every other patch of its image, of another image, or of all.
@NullMarked
package org.patchlens.analysis.similarity;

import org.jspecify.annotations.NullMarked;
