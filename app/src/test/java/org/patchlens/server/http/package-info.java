/// Tests of what the server is made of.
@NullMarked
package org.patchlens.server.http;

import org.jspecify.annotations.NullMarked;
