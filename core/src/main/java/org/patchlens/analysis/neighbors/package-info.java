/// Where else in a study something like a patch is, and which patches of two images correspond.
@NullMarked
package org.patchlens.analysis.neighbors;

import org.jspecify.annotations.NullMarked;
