/// The programs of the guides, compiled and run.
@NullMarked
package org.patchlens.tutorial;

import org.jspecify.annotations.NullMarked;
