@NullMarked
package org.patchlens.phantom;

import org.jspecify.annotations.NullMarked;
