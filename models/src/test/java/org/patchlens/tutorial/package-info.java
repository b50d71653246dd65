/// The programs of the tutorials, compiled and run.
@NullMarked
package org.patchlens.tutorial;

import org.jspecify.annotations.NullMarked;
