/// Pictures for the page: views, thumbnails, sheets of many.
@NullMarked
package org.patchlens.server.picture;

import org.jspecify.annotations.NullMarked;
