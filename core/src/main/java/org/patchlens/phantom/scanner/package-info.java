/// How an image is taken: the field of view, the table, the blur and the noise of a scanner, and what is burned
/// into the picture.
@NullMarked
package org.patchlens.phantom.scanner;

import org.jspecify.annotations.NullMarked;
