/// Masks against numpy, and against masks that belong to something else.
@NullMarked
package org.patchlens.mask;

import org.jspecify.annotations.NullMarked;
