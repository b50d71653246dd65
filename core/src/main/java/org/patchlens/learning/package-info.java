/// Small models that learn from rows: linear, nearest neighbours, class means and a perceptron with one hidden
/// layer; and their honest measurement by grouped folds.
///
/// n rows, D dimensions, K classes. A fit runs on one thread unless a pool is handed over, and gives the same bits
/// for any number of threads.
@NullMarked
package org.patchlens.learning;

import org.jspecify.annotations.NullMarked;
