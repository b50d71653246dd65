/// Runs the model of a study again, for what the study does not store.
@NullMarked
package org.patchlens.rerun;

import org.jspecify.annotations.NullMarked;
