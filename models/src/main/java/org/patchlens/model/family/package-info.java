/// One file per model family: configuration to architecture, names of tensors to roles. A family is data.
@NullMarked
package org.patchlens.model.family;

import org.jspecify.annotations.NullMarked;
