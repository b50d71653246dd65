/// What the build refuses in this module: directions between packages.
@NullMarked
package org.patchlens.build;

import org.jspecify.annotations.NullMarked;
