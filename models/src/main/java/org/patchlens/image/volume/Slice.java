package org.patchlens.image.volume;

import org.patchlens.image.PixelSpacing;

/// Where one image lies in its volume.
///
/// @param volume the volume's id
/// @param plane the direction of the cut
/// @param index of the slice in its plane, from 0, see [Plane]
/// @param position of the slice's centre along the plane's normal, in mm of the patient's frame (RAS+)
/// @param spacing between the pixels of the image
public record Slice(String volume, Plane plane, int index, double position, PixelSpacing spacing) {}
