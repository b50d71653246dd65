@NullMarked
package org.patchlens.model.hub;

import org.jspecify.annotations.NullMarked;
