/// Tests of probes.
@NullMarked
package org.patchlens.analysis.probe.segmentation;

import org.jspecify.annotations.NullMarked;
