@NullMarked
package org.patchlens.model;

import org.jspecify.annotations.NullMarked;
