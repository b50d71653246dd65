/// The server on a real port: who gets in, what comes back, what it survives.
@NullMarked
package org.patchlens.server;

import org.jspecify.annotations.NullMarked;
