@NullMarked
package org.patchlens.point;

import org.jspecify.annotations.NullMarked;
