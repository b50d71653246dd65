@NullMarked
package org.patchlens.neighbor;

import org.jspecify.annotations.NullMarked;
