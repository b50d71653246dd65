/// Analyses that run while the page goes on: a queue, progress, cancelling; results are kept in the study.
@NullMarked
package org.patchlens.server.job;

import org.jspecify.annotations.NullMarked;
