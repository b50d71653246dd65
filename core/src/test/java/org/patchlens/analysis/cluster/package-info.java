@NullMarked
package org.patchlens.analysis.cluster;

import org.jspecify.annotations.NullMarked;
