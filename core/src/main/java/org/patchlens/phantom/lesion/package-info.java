/// Diseases of the lungs, as places in a chest with an extent and a density; what they cover becomes the truth of
/// the masks.
@NullMarked
package org.patchlens.phantom.lesion;

import org.jspecify.annotations.NullMarked;
