/// Writes images and volumes of grey numbers.
@NullMarked
package org.patchlens.phantom.file;

import org.jspecify.annotations.NullMarked;
