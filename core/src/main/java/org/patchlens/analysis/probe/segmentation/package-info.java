/// The segmentation probe: which patches a structure covers, read out of single patch embeddings.
@NullMarked
package org.patchlens.analysis.probe.segmentation;

import org.jspecify.annotations.NullMarked;
