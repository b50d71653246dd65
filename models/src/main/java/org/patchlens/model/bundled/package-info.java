/// The model that comes along, so that everything works on the first run and without a network.
@NullMarked
package org.patchlens.model.bundled;

import org.jspecify.annotations.NullMarked;
