@NullMarked
package org.patchlens.model.bundled;

import org.jspecify.annotations.NullMarked;
