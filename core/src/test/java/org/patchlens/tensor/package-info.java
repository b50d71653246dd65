@NullMarked
package org.patchlens.tensor;

import org.jspecify.annotations.NullMarked;
