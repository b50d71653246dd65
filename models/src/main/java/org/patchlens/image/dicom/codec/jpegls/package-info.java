/// ITU-T T.87 (JPEG-LS), lossless and near-lossless.
@NullMarked
package org.patchlens.image.dicom.codec.jpegls;

import org.jspecify.annotations.NullMarked;
