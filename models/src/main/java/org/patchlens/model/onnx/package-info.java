/// The ONNX graphs that Patchlens writes; their initializers point into the files that hold the weights.
@NullMarked
package org.patchlens.model.onnx;

import org.jspecify.annotations.NullMarked;
