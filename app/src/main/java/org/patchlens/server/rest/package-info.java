/// The interface for programs and the page: every route, thin over the library. [Routes] is the one list.
@NullMarked
package org.patchlens.server.rest;

import org.jspecify.annotations.NullMarked;
