/// What every analysis is: a pure function from a study and options to a result, and the figures that show it.
@NullMarked
package org.patchlens.analysis;

import org.jspecify.annotations.NullMarked;
