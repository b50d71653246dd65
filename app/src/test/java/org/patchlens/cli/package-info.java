@NullMarked
package org.patchlens.cli;

import org.jspecify.annotations.NullMarked;
