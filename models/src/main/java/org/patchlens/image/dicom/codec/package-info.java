/// From the compressed bytes of one frame to its samples. Every codec is our own and knows the size that it is
/// asked for before it takes memory.
@NullMarked
package org.patchlens.image.dicom.codec;

import org.jspecify.annotations.NullMarked;
