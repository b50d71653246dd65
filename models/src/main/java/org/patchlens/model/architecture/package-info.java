/// What a Vision Transformer consists of (sizes, the roles of its tensors, positions) and what can be asked of it.
@NullMarked
package org.patchlens.model.architecture;

import org.jspecify.annotations.NullMarked;
