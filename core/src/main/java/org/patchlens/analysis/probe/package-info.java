/// Probes: what can be read out of the embeddings of a frozen model, layer by layer, with patients kept apart.
@NullMarked
package org.patchlens.analysis.probe;

import org.jspecify.annotations.NullMarked;
