/// Volumes of voxels and the pictures cut from them: axes, planes, slices; the same for DICOM series and NIfTI.
///
/// Positions are in mm in the patient's frame, RAS+: x grows to the patient's right, y to the front (anterior), z
/// to the head (superior). A volume's canonical axes are numbered in that order: 0 right, 1 anterior, 2 superior.
@NullMarked
package org.patchlens.image.volume;

import org.jspecify.annotations.NullMarked;
