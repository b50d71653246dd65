package org.patchlens.extract;

import org.patchlens.image.dicom.DicomSeries;
import org.patchlens.image.volume.AxisOrder;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.Volume;

/// A DICOM series that is a volume, and the direction in which it is cut.
///
/// @param id how users name it: the id of its first file; further phases in one file have `@` and their number
///     behind it
/// @param series its slices in anatomical order
/// @param plane of the cut
/// @param acquired whether the cut gives the slices of the files
/// @param reversed whether the first slice of the plane is the last of the series
/// @param turned whether the pictures are turned against those of the files
record SeriesStack(String id, DicomSeries series, Plane plane, boolean acquired, boolean reversed, boolean turned) {

    /// @param plane of the cut
    static SeriesStack of(String id, DicomSeries series, Volume volume, Plane plane) {
        AxisOrder order = volume.order();
        AxisOrder.StoredAxis across = order.along(plane.normal());
        AxisOrder.StoredAxis down = order.along(plane.vertical());
        AxisOrder.StoredAxis right = order.along(plane.horizontal());
        boolean asStored = down.index() > right.index() && down.reversed() && right.reversed();
        return new SeriesStack(id, series, plane, across.index() == 2, across.reversed(), !asStored);
    }

    /// The plane in which the files hold slices.
    static Plane acquiredPlane(Volume volume) {
        for (Plane plane : Plane.values()) {
            if (volume.order().along(plane.normal()).index() == 2) {
                return plane;
            }
        }
        throw new IllegalStateException("no plane lies across the third stored axis");
    }

    /// The slice of the files at a place in the acquired plane.
    DicomSeries.Slice slice(int index) {
        return series.slices().get(reversed ? series.slices().size() - 1 - index : index);
    }
}
