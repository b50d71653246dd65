/// What the build refuses beyond what a compiler sees: format, documents, directions between packages.
@NullMarked
package org.patchlens.build;

import org.jspecify.annotations.NullMarked;
