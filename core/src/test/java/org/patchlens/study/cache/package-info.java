@NullMarked
package org.patchlens.study.cache;

import org.jspecify.annotations.NullMarked;
