/// DICOM files (PS3.3, PS3.5, PS3.10): pixels as Hounsfield units or whatever the file means by them, geometry,
/// series in anatomical order, and the few header values that may leave the reader.
@NullMarked
package org.patchlens.image.dicom;

import org.jspecify.annotations.NullMarked;
