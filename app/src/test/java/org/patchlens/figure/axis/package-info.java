@NullMarked
package org.patchlens.figure.axis;

import org.jspecify.annotations.NullMarked;
