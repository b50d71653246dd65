@NullMarked
package org.patchlens.model.onnx;

import org.jspecify.annotations.NullMarked;
