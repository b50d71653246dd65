@NullMarked
package org.patchlens.patch;

import org.jspecify.annotations.NullMarked;
