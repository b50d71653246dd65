/// Statistics whose unit is the patient: grouped folds, permutation tests, bootstrap intervals, multiple testing,
/// and the measures that probes and audits report.
///
/// Rows are images or patches; every function that draws, splits or permutes takes the group of each row (the
/// patient) and moves whole groups, so that a split or a test by single rows cannot be written.
@NullMarked
package org.patchlens.stats;

import org.jspecify.annotations.NullMarked;
