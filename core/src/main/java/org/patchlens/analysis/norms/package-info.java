/// The norms of tokens: how large they are at each layer, and which patches stand out from all others.
@NullMarked
package org.patchlens.analysis.norms;

import org.jspecify.annotations.NullMarked;
