/// What explains the numbers of a diagram: axes with readable numbers, legends, colour bars.
@NullMarked
package org.patchlens.figure.axis;

import org.jspecify.annotations.NullMarked;
