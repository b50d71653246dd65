/// The structure of a DICOM file (PS3.5 and PS3.10): elements, sequences, fragments, each length checked against
/// the file. Only the elements that the reader needs are remembered, and those as positions: no value is read
/// before it is asked for.
@NullMarked
package org.patchlens.image.dicom.dataset;

import org.jspecify.annotations.NullMarked;
