/// From a chest to the Hounsfield units and labels of a slice: first the layers of the wall and the lungs, then
/// everything that lies in them, each over what is there already.
@NullMarked
package org.patchlens.phantom.slice;

import org.jspecify.annotations.NullMarked;
