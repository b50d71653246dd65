@NullMarked
package org.patchlens.figure;

import org.jspecify.annotations.NullMarked;
