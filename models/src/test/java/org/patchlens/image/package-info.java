/// Tests of the image readers, and the contract that each of them keeps.
@NullMarked
package org.patchlens.image;

import org.jspecify.annotations.NullMarked;
