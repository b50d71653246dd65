/// Tests of the way from files to a study.
@NullMarked
package org.patchlens.extract;

import org.jspecify.annotations.NullMarked;
