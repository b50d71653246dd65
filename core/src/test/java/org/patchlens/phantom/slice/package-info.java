@NullMarked
package org.patchlens.phantom.slice;

import org.jspecify.annotations.NullMarked;
