/// Matrices of floats and the kernels over them: the only owner of memory for numbers.
///
/// Every kernel has a scalar twin that adds in the same order, so that both give the same bits.
@NullMarked
package org.patchlens.tensor;

import org.jspecify.annotations.NullMarked;
