@NullMarked
package org.patchlens.cluster;

import org.jspecify.annotations.NullMarked;
