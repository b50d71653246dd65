/// Tests of what all analyses share, and the contract that each of them keeps.
@NullMarked
package org.patchlens.analysis;

import org.jspecify.annotations.NullMarked;
