/// What the points of a map do to each other, many at a time: vectors with a scalar twin, as in
/// [org.patchlens.tensor].
@NullMarked
package org.patchlens.tensor.force;

import org.jspecify.annotations.NullMarked;
