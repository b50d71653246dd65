/// Weights in safetensors files: headers are verified before anything is believed, data are never copied.
@NullMarked
package org.patchlens.model.safetensors;

import org.jspecify.annotations.NullMarked;
