/// ITU-T T.81: sequential and progressive DCT with 8 or 12 bits, and lossless prediction with 2 to 16 bits,
/// Huffman coded.
@NullMarked
package org.patchlens.image.dicom.codec.jpeg;

import org.jspecify.annotations.NullMarked;
