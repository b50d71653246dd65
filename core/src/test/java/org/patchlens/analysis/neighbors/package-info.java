@NullMarked
package org.patchlens.analysis.neighbors;

import org.jspecify.annotations.NullMarked;
