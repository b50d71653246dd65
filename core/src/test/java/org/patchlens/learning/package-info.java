/// Tests of the models that probes train.
@NullMarked
package org.patchlens.learning;

import org.jspecify.annotations.NullMarked;
