/// What a study keeps of results, and what it refuses to believe.
@NullMarked
package org.patchlens.study.result;

import org.jspecify.annotations.NullMarked;
