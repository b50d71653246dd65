/// Tests of probes.
@NullMarked
package org.patchlens.analysis.probe;

import org.jspecify.annotations.NullMarked;
