/// Who may ask the server, and what a browser may do with its answers.
@NullMarked
package org.patchlens.server.access;

import org.jspecify.annotations.NullMarked;
