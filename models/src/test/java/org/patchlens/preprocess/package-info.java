/// Tests of the preprocessing.
@NullMarked
package org.patchlens.preprocess;

import org.jspecify.annotations.NullMarked;
