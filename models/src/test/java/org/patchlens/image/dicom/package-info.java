/// The reader against files of the public test collections, against damage, and against curious eyes.
@NullMarked
package org.patchlens.image.dicom;

import org.jspecify.annotations.NullMarked;
