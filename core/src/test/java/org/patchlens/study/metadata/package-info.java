/// How a user's table of metadata is read and joined.
@NullMarked
package org.patchlens.study.metadata;

import org.jspecify.annotations.NullMarked;
