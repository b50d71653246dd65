package org.patchlens.image.dicom;

import java.util.Optional;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// Where a slice lies in the patient.
///
/// @param corner the centre of the first pixel, in mm
/// @param alongRow the direction of rising column numbers, of length 1
/// @param alongColumn the direction of rising row numbers, of length 1
public record SlicePosition(Vector3 corner, Vector3 alongRow, Vector3 alongColumn) {
    /// Directions are rounded in files; these are no directions any more.
    private static final double CROOKED = 0.02;

    /// The direction from slice to slice: rows cross columns; upwards to the head for usual axial slices.
    public Vector3 normal() {
        return alongRow.cross(alongColumn);
    }

    /// How far along a direction the slice lies, in mm.
    public double along(Vector3 direction) {
        return corner.dot(direction);
    }

    /// Reads position and orientation of a frame; empty if either is missing or is no position.
    static Optional<SlicePosition> of(FrameHeader header) {
        double[] corner =
                header.holding(Tag.PLANE_POSITION_SEQUENCE, Tag.IMAGE_POSITION).numbers(Tag.IMAGE_POSITION);
        double[] axes = header.holding(Tag.PLANE_ORIENTATION_SEQUENCE, Tag.IMAGE_ORIENTATION)
                .numbers(Tag.IMAGE_ORIENTATION);
        if (corner.length != 3 || axes.length != 6) {
            return Optional.empty();
        }
        SlicePosition position = new SlicePosition(
                new Vector3(corner[0], corner[1], corner[2]),
                new Vector3(axes[0], axes[1], axes[2]),
                new Vector3(axes[3], axes[4], axes[5]));
        boolean straight = Math.abs(position.alongRow.length() - 1) < CROOKED
                && Math.abs(position.alongColumn.length() - 1) < CROOKED
                && Math.abs(position.alongRow.dot(position.alongColumn)) < CROOKED;
        return straight ? Optional.of(position) : Optional.empty();
    }
}
