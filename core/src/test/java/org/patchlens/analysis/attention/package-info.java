@NullMarked
package org.patchlens.analysis.attention;

import org.jspecify.annotations.NullMarked;
