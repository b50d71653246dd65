/// ITU-T T.800 (JPEG 2000 part 1), reversible and irreversible.
@NullMarked
package org.patchlens.image.dicom.codec.jpeg2000;

import org.jspecify.annotations.NullMarked;
