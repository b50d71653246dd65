/// The explorer's server: what the page in the browser asks, on this machine alone.
@NullMarked
package org.patchlens.server;

import org.jspecify.annotations.NullMarked;
