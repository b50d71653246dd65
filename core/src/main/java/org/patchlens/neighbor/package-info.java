/// Which rows of a matrix lie nearest to which: the graph that projections and clusters are made of.
@NullMarked
package org.patchlens.neighbor;

import org.jspecify.annotations.NullMarked;
