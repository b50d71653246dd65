@NullMarked
package org.patchlens.analysis.similarity;

import org.jspecify.annotations.NullMarked;
