@NullMarked
package org.patchlens.analysis.attention.atlas;

import org.jspecify.annotations.NullMarked;
