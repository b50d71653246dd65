/// The list of analyses and the one exception type of Patchlens.
@NullMarked
package org.patchlens;

import org.jspecify.annotations.NullMarked;
