/// Tests of the norms analysis.
@NullMarked
package org.patchlens.analysis.norms;

import org.jspecify.annotations.NullMarked;
