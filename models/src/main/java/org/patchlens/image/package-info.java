/// From the bytes of a file to pixels: readers for pictures, and later for DICOM and NIfTI, behind one contract.
@NullMarked
package org.patchlens.image;

import org.jspecify.annotations.NullMarked;
