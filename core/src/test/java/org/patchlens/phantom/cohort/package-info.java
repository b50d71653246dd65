@NullMarked
package org.patchlens.phantom.cohort;

import org.jspecify.annotations.NullMarked;
