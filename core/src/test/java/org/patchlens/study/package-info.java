/// How a study behaves on disk: round trips, refusals, interruptions, damage, and other programs that read it.
@NullMarked
package org.patchlens.study;

import org.jspecify.annotations.NullMarked;
