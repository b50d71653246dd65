/// The study on disk.
@NullMarked
package org.patchlens.study;

import org.jspecify.annotations.NullMarked;
