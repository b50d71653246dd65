@NullMarked
package org.patchlens.model.safetensors;

import org.jspecify.annotations.NullMarked;
