/// NIfTI files against nibabel, and against whoever writes them wrongly.
@NullMarked
package org.patchlens.image.nifti;

import org.jspecify.annotations.NullMarked;
