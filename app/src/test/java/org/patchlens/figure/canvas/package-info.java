@NullMarked
package org.patchlens.figure.canvas;

import org.jspecify.annotations.NullMarked;
