/// NIfTI-1 and NIfTI-2: a fixed header, then one array of voxels, in one file (`.nii`) or two (`.hdr`, `.img`),
/// each possibly compressed with gzip.
///
/// Field offsets follow `nifti1.h` (NIfTI Data Format Working Group, 2003, revised 2007) and `nifti2.h` (2011).
/// The extensions between header and voxels, the description and the names in a header are never read: they are
/// where identities hide.
@NullMarked
package org.patchlens.image.nifti;

import org.jspecify.annotations.NullMarked;
