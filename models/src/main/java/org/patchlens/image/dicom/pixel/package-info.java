/// From stored samples to pixel values: bits, colour spaces, look-up tables, Hounsfield units and the range that
/// is shown (PS3.3 C.7.6.3, C.11.1, C.11.2).
@NullMarked
package org.patchlens.image.dicom.pixel;

import org.jspecify.annotations.NullMarked;
