@NullMarked
package org.patchlens.model.family;

import org.jspecify.annotations.NullMarked;
