@NullMarked
package org.patchlens.cluster.hdbscan;

import org.jspecify.annotations.NullMarked;
