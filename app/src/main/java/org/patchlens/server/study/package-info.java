/// The studies that a server has open, and what is computed from them while somebody looks.
@NullMarked
package org.patchlens.server.study;

import org.jspecify.annotations.NullMarked;
