/// Tests of matrices, kernels and seeds.
@NullMarked
package org.patchlens.tensor;

import org.jspecify.annotations.NullMarked;
