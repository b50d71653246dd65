@NullMarked
package org.patchlens.tensor.force;

import org.jspecify.annotations.NullMarked;
