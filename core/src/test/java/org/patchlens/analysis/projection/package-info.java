@NullMarked
package org.patchlens.analysis.projection;

import org.jspecify.annotations.NullMarked;
