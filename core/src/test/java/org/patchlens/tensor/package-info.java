/// How matrices and their kernels behave.
@NullMarked
package org.patchlens.tensor;

import org.jspecify.annotations.NullMarked;
