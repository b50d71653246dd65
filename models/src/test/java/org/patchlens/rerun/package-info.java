@NullMarked
package org.patchlens.rerun;

import org.jspecify.annotations.NullMarked;
